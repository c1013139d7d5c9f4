import { type Model, modelFromJson } from 'mapache';
import { type Tensor, tensor } from 'mapache/tensor';
import { expect, test } from 'vitest';
import { conforms } from '../support/conformance.js';
import { camelCaseKeys } from '../support/keras-config.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, describeWithData, type EncodedArray, hasData, readJson } from '../support/shared-data.js';

interface FitCase {
  readonly id: string;
  readonly config: object;
  readonly freeze: 'none' | 'base_frozen';
  readonly loss: readonly [string, Record<string, unknown>];
  readonly optimizer: readonly [string, Record<string, unknown>];
  readonly metrics: readonly string[];
  readonly weighted_metrics: readonly string[] | null;
  readonly batch_size: number;
  readonly epochs: number;
  readonly validation_split: number;
  readonly class_weight: Record<string, number> | null;
  readonly sample_weight: EncodedArray<'float32'> | null;
  readonly x: EncodedArray<'float32'>;
  readonly y: EncodedArray;
  readonly initial_weights: Record<string, EncodedArray<'float32'>>;
  readonly final_weights: Record<string, EncodedArray<'float32'>>;
  readonly history: Record<string, readonly number[]>;
  readonly evaluate: Record<string, number>;
  readonly predict: EncodedArray<'float32'>;
}

const cases = hasData ? readJson<{ cases: readonly FitCase[] }>('goldens', 'training', 'fit.json').cases : [];

/** Whole trainings: 1e-4 of the largest value, as for whole models. */
const tolerance = 1e-4;

function decode(encoded: EncodedArray): Tensor {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const error = relativeError(actual, expected);
  expect(conforms({ kind: 'training', name: 'fit' }, error), what).toBeLessThan(tolerance);
}

async function restored({ config, initial_weights: weights, freeze }: FitCase): Promise<Model> {
  const model = modelFromJson(config);
  expect(model.weights.map(({ path }) => path).sort()).toEqual(Object.keys(weights).sort());
  for (const variable of model.weights) variable.assign(decode(weights[variable.path] as EncodedArray));
  if (freeze === 'base_frozen') model.getLayer('base').trainable = false;
  return model;
}

describeWithData('fit, evaluate and predict give what Keras gives', () => {
  test.each(cases)('$id: histories, final weights, evaluation and predictions', async (golden) => {
    const model = await restored(golden);
    const [loss, lossConfig] = golden.loss;
    const [optimizer, optimizerConfig] = golden.optimizer;
    model.compile({
      optimizer: { className: optimizer, config: camelCaseKeys(optimizerConfig) },
      loss: { className: loss, config: camelCaseKeys(lossConfig) },
      metrics: golden.metrics,
      weightedMetrics: golden.weighted_metrics,
    });
    const x = decode(golden.x);
    const y = decode(golden.y);
    const history = await model.fit(x, y, {
      batchSize: golden.batch_size,
      epochs: golden.epochs,
      shuffle: false,
      verbose: 0,
      validationSplit: golden.validation_split,
      classWeight: golden.class_weight ?? undefined,
      sampleWeight: golden.sample_weight === null ? undefined : decode(golden.sample_weight),
    });
    expect(Object.keys(history.history).sort()).toEqual(Object.keys(golden.history).sort());
    for (const [name, values] of Object.entries(golden.history)) {
      expectClose(history.history[name] as readonly number[], values, name);
    }
    for (const variable of model.weights) {
      const expected = decodeArray(golden.final_weights[variable.path] as EncodedArray<'float32'>).data;
      expectClose(await variable.value.data(), expected, variable.path);
    }
    const logs = await model.evaluate(x, y, { batchSize: golden.batch_size });
    expect(Object.keys(logs).sort()).toEqual(Object.keys(golden.evaluate).sort());
    for (const [name, value] of Object.entries(golden.evaluate)) expectClose([logs[name] as number], [value], name);
    const predicted = await model.predict(x, { batchSize: golden.batch_size });
    expectClose(await predicted.data(), decodeArray(golden.predict).data, 'predict');
  });
});
