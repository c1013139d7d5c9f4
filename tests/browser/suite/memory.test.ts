import { initializers, layers, type Model, sequential } from 'mapache/layers';
import { optimizers } from 'mapache/optim';
import { gpuStatistics, restBackend, type Tensor, tensor } from 'mapache/tensor';
import { beforeEach, describe, expect, test } from 'vitest';
import { asked } from '../../support/environment.js';
import { collectGarbage } from '../../support/garbage.js';
import { watchTraffic } from '../../support/gpu-traffic.js';

// Nothing is disposed of by hand in this library: what nobody can reach any more is given back when the garbage
// collector has noticed, so these tests have it look.

const traffic = watchTraffic();

/** As small as a network with everything that keeps state can be: statistics, draws of dropout, and slots of Adam. */
function network(): Model {
  const net = sequential([
    layers.inputLayer({ shape: [3] }),
    layers.batchNormalization({ scale: false }),
    layers.dropout({ rate: 0.5, seed: 1 }),
    layers.dense({ units: 2, useBias: false, kernelInitializer: initializers.glorotUniform({ seed: 2 }) }),
  ]);
  net.compile({ optimizer: optimizers.adam({ learningRate: 1e-3 }), loss: 'meanSquaredError' });
  return net;
}

const samples = (): Tensor =>
  tensor(
    Float32Array.from({ length: 12 }, (_, i) => i / 12),
    { shape: [4, 3] },
  );
const targets = (): Tensor => tensor(new Float32Array(8), { shape: [4, 2] });

/** In a function of its own, so that nothing of it can be reached once it has returned. */
async function useAndForget(): Promise<void> {
  const net = network();
  for (let i = 0; i < 3; i++) await net.trainOnBatch(samples(), targets());
  await (await net.predict(samples())).data();
}

/** How many things are on the card, as the library and as the browser count them. */
function present(): { readonly held: number; readonly heldBytes: number; readonly alive: number } {
  const { held = 0, heldBytes = 0 } = gpuStatistics() ?? {};
  return { held, heldBytes, alive: traffic().alive };
}

describe.runIf(asked.backend === 'gpu')('the memory of the graphics card', () => {
  /** What belongs to the device itself. */
  let empty: ReturnType<typeof present>;

  beforeEach(async () => {
    await useAndForget();
    await collectGarbage(() => present().held === 0, 100);
    await restBackend('gpu');
    empty = present();
  });

  test('is empty where nothing is alive, but for what the device keeps for itself', () => {
    expect(empty).toMatchObject({ held: 0, heldBytes: 0 });
    expect(empty.alive).toBeLessThan(5);
    expect(gpuStatistics()).toMatchObject({ pooled: 0, pooledBytes: 0, kernels: 0 });
  });

  test('is as full after 2,000 steps of a training as after 10', async () => {
    const net = network();
    const [x, y] = [samples(), targets()];
    const trainUntil = async (last: number, first = 0): Promise<ReturnType<typeof present>> => {
      for (let step = first; step < last; step++) await net.trainOnBatch(x, y);
      const { alive } = present();
      // What is held a moment longer waits for the garbage collector; it was counted as alive all the same.
      await collectGarbage();
      return { ...present(), alive };
    };
    const early = await trainUntil(10);
    expect(early.held).toBeGreaterThan(0);
    expect(await trainUntil(2000, 10)).toEqual(early);
  });

  test('is empty again after 50 models have been made, trained and forgotten', async () => {
    for (let i = 0; i < 50; i++) await useAndForget();
    await collectGarbage(() => present().held === 0, 100);
    expect(present()).toMatchObject({ held: 0, heldBytes: 0 });
    await restBackend('gpu');
    expect(present()).toEqual(empty);
    expect(gpuStatistics()).toMatchObject({ pooled: 0, pooledBytes: 0, kernels: 0 });
  });
});
