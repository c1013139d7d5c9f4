import { optimizers } from 'mapache/optim';
import { ArgumentError, mul, ShapeError, type Tensor, tensor } from 'mapache/tensor';
import {
  EmptyDataError,
  losses,
  type MetricsOption,
  metrics,
  NonFiniteLossError,
  type Trainable,
  Trainer,
} from 'mapache/training';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { LinearModel } from '../../support/linear-model.js';

const column = (...values: readonly number[]) => tensor(values.map((value) => [value]));
const quiet = { verbose: 0 } as const;

/** `y = 2 x + 1`. */
function line(): LinearModel {
  const model = new LinearModel();
  model.kernel.assign([[2]]);
  model.bias.assign([1]);
  return model;
}

/** Two outputs that are the same numbers. */
const twins = (): LinearModel => new LinearModel({ outputNames: ['left', 'right'] });

describe('predict', () => {
  test('puts batches together in the order of the samples, without compile', async () => {
    const y = await new Trainer(line()).predict(column(1, 2, 3, 4, 5), { batchSize: 2 });
    expect(y.shape).toEqual([5, 1]);
    expect(await y.array()).toEqual([[3], [5], [7], [9], [11]]);
  });

  test('takes views, lists and data sets', async () => {
    const trainer = new Trainer(line());
    const backwards = ndarray(Float32Array.from([1, 2, 3]), [3, 1], [-1, 1], 2);
    expect(await (await trainer.predict(backwards, { batchSize: 2 })).array()).toEqual([[7], [5], [3]]);
    expect(await (await trainer.predict([column(1)])).array()).toEqual([[3]]);
    const dataset = {
      size: null,
      async *batches() {
        yield { x: column(1) };
        yield { x: [column(2, 3)] };
      },
    };
    expect(await (await trainer.predict(dataset)).array()).toEqual([[3], [5], [7]]);
  });

  test('gives all outputs of a model that has several', async () => {
    const model = twins();
    model.bias.assign([4]);
    const trainer = new Trainer(model);
    const outputs = await trainer.predictAll(column(1, 2, 3), { batchSize: 2 });
    expect(await Promise.all(outputs.map((output) => output.array()))).toEqual([
      [[4], [4], [4]],
      [[4], [4], [4]],
    ]);
    await expect(trainer.predict(column(1))).rejects.toThrow(ArgumentError);
  });

  test('behaves as in inference', async () => {
    const model = line();
    await new Trainer(model).predict(column(1));
    expect(await model.passes.value.item()).toBe(0);
  });

  test('refuses inputs of another shape, empty data and batch sizes below 1', async () => {
    const trainer = new Trainer(line());
    await expect(trainer.predict(tensor([[1, 2]]))).rejects.toThrow(ShapeError);
    await expect(trainer.predict({ size: 0, async *batches() {} })).rejects.toThrow(EmptyDataError);
    await expect(trainer.predict(column(1), { batchSize: 0 })).rejects.toThrow(ArgumentError);
  });
});

describe('single batches', () => {
  test('trainOnBatch reports the loss before its update', async () => {
    const model = new LinearModel();
    const trainer = new Trainer(model);
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: 'mse', metrics: ['mae'] });
    expect(await trainer.trainOnBatch(column(1, 1), column(2, 4))).toEqual({ loss: 10, mae: 3 });
    expect(await model.bias.value.array()).toEqual([expect.closeTo(0.6, 6)]);
    const view = ndarray(Float32Array.from([1, 1]), [2, 1]);
    const after = { loss: expect.closeTo(1 + 1.8 ** 2, 5), mae: expect.closeTo(1.8, 5) };
    expect(await trainer.testOnBatch(view, column(2, 4))).toEqual(after);
  });

  test('weigh samples, by class if so asked', async () => {
    const trainer = new Trainer(new LinearModel());
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss: 'mse' });
    const x = column(1, 1);
    const y = column(1, 2);
    expect(await trainer.testOnBatch(x, y, { sampleWeight: tensor([4, 0]) })).toEqual({ loss: 2 });
    expect(await trainer.trainOnBatch(x, y, { classWeight: { 2: 3 } })).toEqual({ loss: 6.5 });
    const both = { classWeight: { 2: 3 }, sampleWeight: tensor([4, 0]) };
    await expect(trainer.trainOnBatch(x, y, both)).rejects.toThrow(ArgumentError);
  });
});

describe('names in logs', () => {
  const history = async (
    model: Trainable,
    metrics: MetricsOption,
    weightedMetrics: MetricsOption,
    y: readonly Tensor[],
  ): Promise<readonly string[]> => {
    const trainer = new Trainer(model);
    trainer.compile({ optimizer: 'sgd', loss: 'mse', metrics, weightedMetrics });
    const x = column(0, 0);
    const logs = await trainer.evaluate({ x, y, sampleWeight: tensor([1, 3]) });
    return Object.keys(logs);
  };
  const y = column(1, 0);

  test.each<[string, MetricsOption, MetricsOption, readonly string[]]>([
    ['accuracy keeps its name', ['accuracy'], [], ['loss', 'accuracy']],
    [
      'weighted metrics are called so where names agree',
      ['accuracy'],
      ['accuracy'],
      ['loss', 'accuracy', 'weighted_accuracy'],
    ],
    ['weighted metrics alone are not', [], ['accuracy', 'mae'], ['loss', 'accuracy', 'mae']],
    ['metrics that agree are numbered', ['mae', 'mae', 'mae'], [], ['loss', 'mae', 'mae_1', 'mae_2']],
    ['the only output may be named', { linear: ['mae'] }, [], ['loss', 'mae']],
  ])('%s', async (_, metrics, weighted, names) => {
    expect(await history(new LinearModel(), metrics, weighted, [y])).toEqual(names);
  });

  test.each<[string, MetricsOption, MetricsOption, readonly string[]]>([
    ['losses of several outputs are named after them', [], [], []],
    ['metrics too, in lists', [['mae', 'accuracy'], null], [], ['left_mae', 'left_accuracy']],
    ['one metric for each output', ['mae', 'accuracy'], [], ['left_mae', 'right_accuracy']],
    ['records name outputs', { right: 'mae' }, { right: ['mae'] }, ['right_mae', 'right_weighted_mae']],
  ])('%s', async (_, metrics, weighted, names) => {
    const expected = ['loss', 'left_loss', 'right_loss', ...names];
    expect(await history(twins(), metrics, weighted, [y, y])).toEqual(expected);
  });
});

describe('what logs hold', () => {
  test('sample weights count in weighted metrics only', async () => {
    const trainer = new Trainer(new LinearModel());
    trainer.compile({ optimizer: 'sgd', loss: 'mse', metrics: ['mae'], weightedMetrics: ['mae'] });
    const data = { x: column(0, 0), y: column(1, 5), sampleWeight: tensor([3, 1]) };
    const logs = await trainer.evaluate(data, { batchSize: 1 });
    expect(logs).toEqual({ loss: 14, mae: 3, weighted_mae: 2 });
  });

  test('metrics start anew with every epoch and every evaluation', async () => {
    const trainer = new Trainer(new LinearModel());
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss: 'mse', metrics: ['mae'] });
    const data = { x: column(0, 0), y: column(1, 3) };
    const validationData = { x: column(0), y: column(8) };
    const history = await trainer.fit(data, { ...quiet, epochs: 2, batchSize: 1, validationData });
    expect(history.history).toEqual({ loss: [5, 5], mae: [2, 2], val_loss: [64, 64], val_mae: [8, 8] });
    expect(await trainer.evaluate(validationData)).toEqual({ loss: 64, mae: 8 });
  });

  test('a metric with several numbers has a log for each', async () => {
    const model = new LinearModel();
    model.kernel.assign([[0.5]]);
    model.bias.assign([0.25]);
    const trainer = new Trainer(model);
    trainer.compile({ optimizer: 'sgd', loss: 'mae', metrics: [metrics.recall({ thresholds: [0.1, 0.5] })] });
    // Predictions are 0.25 and 0.75.
    const logs = await trainer.evaluate({ x: column(0, 1), y: column(1, 1) });
    expect(logs).toEqual({ loss: 0.5, recall_0: 1, recall_1: 0.5 });
  });

  test('a last batch of one label counts like the others', async () => {
    const model = new LinearModel({ units: 3 });
    model.bias.assign([0, 1, 0]);
    const trainer = new Trainer(model);
    trainer.compile({
      optimizer: optimizers.sgd({ learningRate: 0 }),
      loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
      metrics: ['accuracy'],
    });
    // Every prediction is class 1.
    const data = { x: column(0, 0, 0), y: tensor([1, 1, 0], { dtype: 'int32' }) };
    const history = await trainer.fit(data, { ...quiet, batchSize: 2, shuffle: false });
    expect(history.history.accuracy).toEqual([expect.closeTo(2 / 3, 6)]);
    expect((await trainer.evaluate(data, { batchSize: 2 })).accuracy).toBeCloseTo(2 / 3, 6);
  });

  test('the total is the weighted sum of the outputs, which are logged unweighted', async () => {
    const trainer = new Trainer(twins());
    trainer.compile({ optimizer: 'sgd', loss: ['mse', 'mae'], lossWeights: { left: 2, right: 10 } });
    const data = { x: column(0), y: [column(3), column(5)] };
    expect(await trainer.evaluate(data)).toEqual({ loss: 68, left_loss: 9, right_loss: 5 });
  });

  test('an output may go without loss', async () => {
    const trainer = new Trainer(twins());
    trainer.compile({ optimizer: 'sgd', loss: { right: 'mae' }, metrics: { left: ['mae'] } });
    const data = { x: column(0), y: [column(3), column(5)] };
    expect(await trainer.evaluate(data)).toEqual({ loss: 5, left_mae: 3 });
  });

  test('weights may be given for each output', async () => {
    const trainer = new Trainer(twins());
    trainer.compile({ optimizer: 'sgd', loss: 'mae' });
    const data = { x: column(0, 0), y: [column(1, 1), column(1, 1)], sampleWeight: [tensor([1, 1]), tensor([4, 0])] };
    expect(await trainer.evaluate(data)).toEqual({ loss: 3, left_loss: 1, right_loss: 2 });
  });
});

describe('compiling again', () => {
  test('keeps an optimizer that is given again, and starts with other metrics', async () => {
    const trainer = new Trainer(new LinearModel());
    const optimizer = optimizers.adam();
    const data = { x: column(1), y: column(1) };
    trainer.compile({ optimizer, loss: 'mse' });
    await trainer.fit(data, quiet);
    trainer.compile({ optimizer, loss: 'mae', metrics: ['mse'] });
    expect(Object.keys((await trainer.fit(data, quiet)).history)).toEqual(['loss', 'mse']);
    expect(await optimizer.iterations.value.item()).toBe(2);
  });

  test('defaults to rmsprop', () => {
    const trainer = new Trainer(new LinearModel());
    trainer.compile({ loss: 'mse' });
    expect(trainer.optimizer.className).toBe('RMSprop');
  });
});

test('a loss that only fails in the plan leaves the error of the step', async () => {
  const trainer = new Trainer(new LinearModel());
  trainer.compile({ optimizer: 'sgd', loss: (yTrue, yPred) => mul(yPred, mul(yTrue, Number.POSITIVE_INFINITY)) });
  await expect(trainer.trainOnBatch(column(1), column(1))).rejects.toThrow(NonFiniteLossError);
});
