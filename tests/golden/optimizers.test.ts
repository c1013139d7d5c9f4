import { getOptimizer, getSchedule, type Optimizer, optimizerClasses, scheduleClasses } from 'mapache/optim';
import { cast, evaluate, tensor, Variable } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { conforms } from '../support/conformance.js';
import { camelCaseKeys } from '../support/keras-config.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, describeWithData, type EncodedArray, readJson } from '../support/shared-data.js';

const tolerance = 1e-6;

interface SavedVariable extends EncodedArray {
  readonly path: string;
}

interface OptimizerCase {
  readonly id: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly exclude_bias_from_decay: boolean;
  readonly weight_names: readonly string[];
  readonly initial: readonly EncodedArray<'float32'>[];
  readonly steps: readonly {
    readonly grads: readonly EncodedArray<'float32'>[];
    readonly weights: readonly EncodedArray<'float32'>[];
    readonly learning_rate: number;
  }[];
  readonly final_optimizer_variables: readonly SavedVariable[];
}

interface ScheduleCase {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

function makeOptimizer({ class_name: className, config, exclude_bias_from_decay: excluded }: OptimizerCase): Optimizer {
  const exclusion = excluded ? { excludeFromWeightDecay: ['b'] } : {};
  return getOptimizer({ className, config: { ...camelCaseKeys(config), ...exclusion } });
}

function decode(encoded: EncodedArray<'float32'>) {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

describeWithData('optimizers move weights as Keras does', () => {
  const { cases } = readJson<{ cases: readonly OptimizerCase[] }>('goldens', 'losses', 'optimizers.json');

  describe.each(cases)('$id $config', (golden) => {
    const measured = { kind: 'optimizer', name: golden.class_name, id: golden.id } as const;

    it('gives the same weights after every step, and remembers the same in the same order', async () => {
      const optimizer = makeOptimizer(golden);
      const weights = golden.initial.map((initial, i) => {
        return new Variable(decode(initial), { name: golden.weight_names[i] as string });
      });
      for (const { grads, weights: expected, learning_rate: rate } of golden.steps) {
        optimizer.apply(grads.map(decode), weights);
        for (const [i, weight] of weights.entries()) {
          const error = relativeError(
            await weight.value.data(),
            decodeArray(expected[i] as EncodedArray<'float32'>).data,
          );
          expect(conforms(measured, error), `${weight.path}: relative error`).toBeLessThan(tolerance);
        }
        expect(relativeError([await optimizer.currentLearningRate().item()], [rate])).toBeLessThan(tolerance);
      }
      const saved = golden.final_optimizer_variables;
      expect(optimizer.variables.map(({ path, shape, dtype }) => ({ path, shape, dtype }))).toEqual(
        saved.map(({ path, shape, dtype }) => ({ path: inScope(path, optimizer.name), shape, dtype })),
      );
      for (const [i, { value, path }] of optimizer.variables.entries()) {
        const error = relativeError(await value.data(), decodeArray(saved[i] as EncodedArray).data);
        expect(conforms(measured, error, 'slots'), `${path}: relative error`).toBeLessThan(tolerance);
      }
    });

    it('describes itself as in files, and is made again from that', () => {
      const config = makeOptimizer(golden).getConfig();
      const expected = camelCaseKeys(golden.config);
      const described = { ...config, learningRate: withoutOrigin(config.learningRate) };
      expect(described).toEqual({ ...expected, learningRate: withoutOrigin(expected.learningRate) });
      expect(getOptimizer({ className: golden.class_name, config }).getConfig()).toEqual(config);
    });
  });

  it('knows every class of the goldens', () => {
    expect([...optimizerClasses.keys()]).toEqual(expect.arrayContaining(cases.map(({ class_name: name }) => name)));
  });
});

/**
 * Variables that Keras makes without a name take the scope in which the optimizer is built, and a number: none and any when
 * it is built by hand as for the goldens, the optimizer's own and none in `fit`.
 */
function inScope(path: string, scope: string): string {
  return path.includes('/') ? path : `${scope}/${path.replace(/^variable_\d+$/, 'variable')}`;
}

/** Keras also says where to import a schedule from. */
function withoutOrigin(rate: unknown): unknown {
  if (typeof rate !== 'object' || rate === null) return rate;
  const { className, config } = rate as Record<string, unknown>;
  return { className, config };
}

describeWithData('learning rate schedules follow those of Keras', () => {
  const { cases } = readJson<{ cases: readonly ScheduleCase[] }>('goldens', 'losses', 'schedules.json');

  it.each(cases)('$class_name $config', async ({ class_name: className, config, steps, values }) => {
    const schedule = getSchedule({ className, config: camelCaseKeys(config) });
    expect(schedule.config).toEqual(camelCaseKeys(config));
    const rates = steps.map((step) => schedule.rateAt(cast(tensor(step, { dtype: 'int32' }), 'float32')));
    await evaluate(rates);
    const actual = await Promise.all(rates.map((rate) => rate.item()));
    const measured = { kind: 'schedule', name: className, id: JSON.stringify(config) } as const;
    expect(conforms(measured, relativeError(actual, values))).toBeLessThan(tolerance);
  });

  it('knows every class of the goldens', () => {
    expect([...scheduleClasses.keys()]).toEqual(expect.arrayContaining(cases.map(({ class_name: name }) => name)));
  });
});
