import { input, Layer, layers, model } from 'mapache/layers';
import { notEqual, ones, reshape, type Tensor, tensor } from 'mapache/tensor';
import { losses } from 'mapache/training';
import { expect, test } from 'vitest';

/** Marks the steps that are not 0. */
class MarkSteps extends Layer {
  override get supportsMasking(): boolean {
    return true;
  }
  override call([x]: readonly [Tensor]): Tensor {
    return x;
  }
  override computeMask([x]: readonly [Tensor]): Tensor {
    return reshape(notEqual(x, 0), x.shape.slice(0, -1));
  }
}

// Squared errors against 1, of which the steps that are 0 do not count: [0, (1), 4], [(1), 1, (1)].
const x = tensor([
  [[1], [0], [3]],
  [[0], [2], [0]],
]);
const y = ones([2, 3, 1]);

test('losses and metrics count only what the mask of the predictions lets through', async () => {
  const start = input({ shape: [3, 1] });
  const net = model({ inputs: start, outputs: layers.identity().apply(new MarkSteps().apply(start)) });
  net.compile({ loss: 'mse', metrics: ['mse'], weightedMetrics: ['mae'] });
  const logs = await net.testOnBatch(x, y);
  expect(logs.loss).toBeCloseTo(5 / 3, 6);
  expect(logs.mse).toBeCloseTo(5 / 3, 6);
  expect(logs.mae).toBeCloseTo(3 / 3, 6);

  // One weight for each sample: the mean is still taken over the three steps that count; metrics divide by the weights.
  const weighted = await net.testOnBatch(x, y, { sampleWeight: tensor([[1], [0.5]]) });
  expect(weighted.loss).toBeCloseTo((0 + 4 + 0.5) / 3, 6);
  expect(weighted.mse).toBeCloseTo(5 / 3, 6);
  expect(weighted.mae).toBeCloseTo((0 + 2 + 0.5) / 2.5, 6);
});

test.each([
  ['sumOverBatchSize', 5 / 3],
  ['sum', 5],
  ['meanWithSampleWeight', 5 / 3],
] as const)('a loss reduced by %s heeds a mask', async (reduction, expected) => {
  const mask = tensor(
    [
      [1, 0, 1],
      [0, 1, 0],
    ],
    { dtype: 'bool' },
  );
  const loss = losses.meanSquaredError({ reduction }).apply(y, x, undefined, mask);
  expect(await loss.item()).toBeCloseTo(expected, 6);
});

test('a mask and labels that are left out count together', async () => {
  const loss = losses.sparseCategoricalCrossentropy({ ignoreClass: 0, fromLogits: true });
  const yTrue = tensor([1, 0, 1, 1], { dtype: 'int32' });
  const yPred = tensor([
    [0, 0],
    [0, 9],
    [0, 0],
    [9, 0],
  ]);
  const mask = tensor([1, 1, 1, 0], { dtype: 'bool' });
  expect(await loss.apply(yTrue, yPred, undefined, mask).item()).toBeCloseTo(Math.LN2, 6);
});
