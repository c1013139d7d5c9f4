import { layers, metrics, optimizers, sequential, tensor } from 'mapache';
import { expect, test } from 'vitest';

test('a metric counts every batch of an epoch, the smaller last one with class indices as targets too', async () => {
  const net = sequential([layers.inputLayer({ shape: [2] }), layers.softmax()]);
  net.compile({
    optimizer: optimizers.sgd(),
    loss: 'sparse_categorical_crossentropy',
    metrics: [metrics.sparseCategoricalAccuracy()],
  });
  const x = tensor([
    [1, 0],
    [1, 0],
    [1, 0],
    [1, 0],
    [1, 0],
  ]);
  const y = tensor(Int32Array.of(0, 0, 1, 1, 1));
  const logs = await net.evaluate(x, y, { batchSize: 4 });
  expect(logs.sparse_categorical_accuracy).toBeCloseTo(2 / 5, 6);
});
