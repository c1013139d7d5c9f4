import { layers, sequential } from 'mapache/layers';
import { setRandomSeed, type Tensor, tensor } from 'mapache/tensor';
import { EmptyDataError, fromIterable } from 'mapache/training';
import { expect, it } from 'vitest';
import { bitsOf } from '../../../support/tensors.js';

const rows = [
  [1, 2],
  [3, 5],
  [2, 2],
  [0, 1],
  [4, 1],
];

async function* batches(): AsyncGenerator<{ readonly x: Tensor; readonly y: Tensor }> {
  for (const part of [rows.slice(0, 2), rows.slice(2, 4), rows.slice(4)]) {
    yield { x: tensor(part), y: tensor(part.map(([a]) => [a as number])) };
  }
}

function line() {
  setRandomSeed(1);
  const net = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 1 })]);
  net.compile({ optimizer: 'sgd', loss: 'mse' });
  return net;
}

it('gives the same weights from batches on the way as from arrays', async () => {
  const options = { epochs: 2, verbose: 0, shuffle: false, batchSize: 2 } as const;
  const data = { x: tensor(rows), y: tensor(rows.map(([a]) => [a as number])) };
  const expected = line();
  const { history } = await expected.fit(data, { ...options, validationData: data });
  for (const source of [batches, fromIterable(batches, { size: 5 })]) {
    const net = line();
    const streamed = await net.fit(source, { ...options, validationData: source });
    expect(streamed.history.loss).toEqual(history.loss);
    expect(streamed.history.val_loss).toEqual(history.val_loss);
    expect([...(await bitsOf(net.weights)).values()]).toEqual([...(await bitsOf(expected.weights)).values()]);
    expect(await net.evaluate(source)).toEqual(await expected.evaluate(data, { batchSize: 2 }));
  }
});

it('takes iterables that are no promises, and says when nothing comes', async () => {
  const net = line();
  const list = [{ x: tensor([[1, 2]]), y: tensor([[1]]) }];
  await expect(net.fit(() => list, { verbose: 0 })).resolves.toBeDefined();
  await expect(net.fit(() => [], { verbose: 0 })).rejects.toThrow(EmptyDataError);
});
