import { type Tensor, tensor } from 'mapache/tensor';
import { getMetric, Mean, metricClasses, type Statistic, Sum } from 'mapache/training';
import { describe, expect, it } from 'vitest';
import { conforms } from '../support/conformance.js';
import { camelCaseKeys } from '../support/keras-config.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, describeWithData, type EncodedArray, readJson } from '../support/shared-data.js';

const tolerance = 1e-5;

interface MetricCase {
  readonly id: string;
  readonly class_name: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly updates: readonly {
    /** Of `Mean` and `Sum` only, which look at numbers as such. */
    readonly values?: EncodedArray;
    readonly y_true?: EncodedArray;
    readonly y_pred?: EncodedArray;
    readonly sample_weight: EncodedArray | null;
    readonly result: EncodedArray;
  }[];
}

function decode(encoded: EncodedArray): Tensor {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

function makeStatistic({ class_name: className, kwargs, config }: MetricCase): Statistic {
  if (className === 'Mean') return new Mean();
  if (className === 'Sum') return new Sum();
  // Keras numbers the names of some classes as it goes along.
  return getMetric({ className, config: { ...camelCaseKeys(kwargs), name: config.name } });
}

function update(statistic: Statistic, golden: MetricCase['updates'][number]): void {
  const weight = golden.sample_weight === null ? undefined : decode(golden.sample_weight);
  if (statistic instanceof Mean || statistic instanceof Sum) {
    statistic.update(decode(golden.values as EncodedArray), weight);
  } else {
    getMetric(statistic as ReturnType<typeof getMetric>).update(
      decode(golden.y_true as EncodedArray),
      decode(golden.y_pred as EncodedArray),
      weight,
    );
  }
}

describeWithData('metrics count as those of Keras do', () => {
  const { cases } = readJson<{ cases: readonly MetricCase[] }>('goldens', 'losses', 'metrics.json');

  describe.each(cases)('$id $kwargs', (golden) => {
    const weights = golden.updates[0]?.sample_weight === null ? 'without weights' : 'with weights';

    it(`has the same result after every batch, ${weights}`, async () => {
      const statistic = makeStatistic(golden);
      for (const batch of golden.updates) {
        update(statistic, batch);
        const result = statistic.result();
        expect(result.shape).toEqual(batch.result.shape);
        // Values with signs cancel: their sum is as exact as the largest of them allows.
        const scale = batch.values === undefined ? 0 : Math.max(...decodeArray(batch.values).data.map(Math.abs));
        const error = relativeError(await result.data(), decodeArray(batch.result).data, scale);
        expect(
          conforms({ kind: 'metric', name: golden.class_name, id: golden.id }, error),
          'relative error',
        ).toBeLessThan(tolerance);
      }
    });

    it('starts again after a reset', async () => {
      const statistic = makeStatistic(golden);
      const [first] = golden.updates as readonly [MetricCase['updates'][number]];
      for (const batch of golden.updates) update(statistic, batch);
      statistic.reset();
      update(statistic, first);
      const result = await statistic.result().data();
      expect(relativeError(result, decodeArray(first.result).data)).toBeLessThan(tolerance);
    });

    it('describes itself as in files, and is made again from that', () => {
      const statistic = makeStatistic(golden);
      const { axis: _, ...expected } = camelCaseKeys(golden.config);
      expect(statistic.getConfig()).toMatchObject(expected);
      expect(statistic.className).toBe(golden.class_name);
      if (statistic instanceof Mean || statistic instanceof Sum) return;
      const again = getMetric({ className: golden.class_name, config: statistic.getConfig() });
      expect(again.getConfig()).toEqual(statistic.getConfig());
    });
  });

  it('knows every class of the goldens', () => {
    const known = [...metricClasses.classNames, 'Mean', 'Sum'];
    expect(known).toEqual(expect.arrayContaining(cases.map(({ class_name: name }) => name)));
  });
});
