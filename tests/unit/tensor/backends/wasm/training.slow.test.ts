import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { input, layers, type Model, model } from 'mapache/layers';
import { optimizers } from 'mapache/optim';
import { getBackend, setBackend, setRandomSeed, type Tensor, tensor } from 'mapache/tensor';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import { randomTensor } from '../../../../support/tensors.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
afterAll(() => setBackend('reference'));

/** Gives back all that nobody can reach any more. */
async function collectAll(): Promise<void> {
  // Finalizers run in a turn of their own.
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const labels = (batch: number): Tensor => tensor(Int32Array.from({ length: batch }, (_, i) => i % 3));

function convolutional(): Model {
  setRandomSeed(5);
  const image = input({ shape: [8, 8, 3] });
  let x = layers.conv2d({ filters: 6, kernelSize: 3, padding: 'same' }).apply(image);
  x = layers.relu().apply(layers.batchNormalization().apply(x));
  x = layers.depthwiseConv2d({ kernelSize: 3, strides: 2, activation: 'relu' }).apply(x);
  x = layers.conv2d({ filters: 9, kernelSize: 1, activation: 'relu' }).apply(x);
  x = layers.dropout({ rate: 0.2 }).apply(layers.globalAveragePooling2d().apply(x));
  const network = model({ inputs: image, outputs: layers.dense({ units: 3, activation: 'softmax' }).apply(x) });
  const optimizer = optimizers.adam({ learningRate: 1e-3 });
  network.compile({ optimizer, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  return network;
}

async function bytesOfWeights(network: Model): Promise<Buffer> {
  const arrays = await Promise.all(network.variables.map(({ value }) => value.data()));
  return Buffer.concat(arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

describe('training on the wasm backend', () => {
  it('gives the same bits with 1, 2 and 4 threads', async () => {
    const weights: Buffer[] = [];
    for (const threads of [1, 2, 4]) {
      setBackend('wasm', { threads });
      const network = convolutional();
      for (let step = 0; step < 100; step++) await network.trainOnBatch(randomTensor([7, 8, 8, 3], step), labels(7));
      weights.push(await bytesOfWeights(network));
    }
    expect(weights[1]?.equals(weights[0] as Buffer)).toBe(true);
    expect(weights[2]?.equals(weights[0] as Buffer)).toBe(true);
  });

  it('learns as the reference does, with batches of 1 to 33', async () => {
    setBackend('wasm', { threads: 2 });
    for (let batch = 1; batch <= 33; batch++) {
      const images = randomTensor([batch, 8, 8, 3], batch);
      const losses: number[] = [];
      for (const backend of ['reference', 'wasm'] as const) {
        setBackend(backend);
        const network = convolutional();
        for (let step = 0; step < 3; step++)
          losses.push((await network.trainOnBatch(images, labels(batch))).loss as number);
      }
      for (let step = 0; step < 3; step++) {
        expect(Math.abs((losses[step + 3] as number) - (losses[step] as number)), `batch of ${batch}`).toBeLessThan(
          1e-4,
        );
      }
    }
  });

  it('takes no more memory after 10,000 steps than after 1,000', async () => {
    setBackend('wasm', { threads: 2 });
    const backend = getBackend('wasm');
    if (!(backend instanceof WasmBackend)) return expect.fail('it is another backend');
    const { heap } = backend.engine;
    // What earlier tests have left would otherwise be given back in between.
    await collectAll();
    const grow = vi.spyOn(heap, 'grow');
    const network = convolutional();
    const [images, classes] = [randomTensor([4, 8, 8, 3], 1), labels(4)];
    /** The most that was in use after a step, before anybody collects garbage, and where the heap ended meanwhile. */
    const train = async (steps: number) => {
      grow.mockClear();
      const most = { count: 0, usedBytes: 0, end: heap.end };
      for (let step = 0; step < steps; step++) {
        await network.trainOnBatch(images, classes);
        most.count = Math.max(most.count, heap.count);
        most.usedBytes = Math.max(most.usedBytes, heap.usedBytes);
      }
      return { ...most, end: Math.max(most.end, ...grow.mock.calls.map(([end]) => end)) };
    };
    const measure = async () => {
      await collectAll();
      return { count: heap.count, usedBytes: heap.usedBytes, javascript: process.memoryUsage().heapUsed };
    };
    const { end } = await train(1000);
    const { count, usedBytes, javascript } = await measure();
    const sizes = [javascript];
    for (let thousand = 1; thousand < 10; thousand++) {
      expect(await train(1000)).toEqual({ count, usedBytes, end });
      const after = await measure();
      expect([after.count, after.usedBytes]).toEqual([count, usedBytes]);
      sizes.push(after.javascript);
    }
    // Used once more, so that its weights are still there when memory is measured.
    await network.trainOnBatch(images, classes);
    // The least a step can keep is a tensor with its storage, more than a hundred bytes of objects. The median, since
    // the language's engine compiles and forgets code when it likes.
    const growth = sizes.slice(1).map((size, i) => size - (sizes[i] as number));
    const median = growth.sort((a, b) => a - b)[4] as number;
    expect(median).toBeLessThan(1000 * 100);
  });
});
