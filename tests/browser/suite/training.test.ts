import { input, layers, type Model, model } from 'mapache/layers';
import { optimizers } from 'mapache/optim';
import {
  type BackendName,
  currentBackend,
  gpuStatistics,
  setBackend,
  setRandomSeed,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { asked } from '../../support/environment.js';
import { watchTraffic } from '../../support/gpu-traffic.js';
import { relativeError } from '../../support/relative-error.js';
import { randomTensor } from '../../support/tensors.js';

const traffic = watchTraffic();
const steps = 50;
const learningRate = 1e-3;
/** About how far Adam moves a weight: what has begun at 0 may not be larger than that. */
const furthest = steps * learningRate;
const batchSize = 8;
const batches = 5;

/** What one training step did, besides learning. */
interface Step {
  readonly loss: number;
  readonly runs: number;
  readonly readbacks: number;
  readonly compiled: number;
  /** The same, as the browser saw it. */
  readonly launches: number;
  readonly mappings: number;
}

interface Training {
  readonly steps: readonly Step[];
  /** All weights at the end, by path. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** Something of everything: convolutions of all kinds, batch normalisation, dropout, both poolings. */
function network(): Model {
  const image = input({ shape: [12, 12, 3], name: 'image' });
  let x = layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same', useBias: false, name: 'conv' }).apply(image);
  x = layers.batchNormalization({ name: 'norm1' }).apply(x);
  x = layers.relu({ name: 'relu1' }).apply(x);
  x = layers.maxPooling2d({ poolSize: 2, name: 'most' }).apply(x);
  x = layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', name: 'depthwise' }).apply(x);
  // No bias before a batch normalisation: its gradient is 0 but for rounding, of which Adam would make whole steps.
  x = layers
    .separableConv2d({ filters: 12, kernelSize: 3, padding: 'same', useBias: false, name: 'separable' })
    .apply(x);
  x = layers.batchNormalization({ momentum: 0.9, name: 'norm2' }).apply(x);
  x = layers.relu({ name: 'relu2' }).apply(x);
  x = layers.averagePooling2d({ poolSize: 2, name: 'mean' }).apply(x);
  x = layers.dropout({ rate: 0.25, name: 'dropout' }).apply(x);
  x = layers.flatten({ name: 'flatten' }).apply(x);
  return model({ inputs: image, outputs: layers.dense({ units: 4, activation: 'softmax', name: 'head' }).apply(x) });
}

/** The same pictures for every backend: each class has a brightness of its own. */
async function pictures(): Promise<{ readonly x: readonly Tensor[]; readonly y: readonly Tensor[] }> {
  const labels = Int32Array.from({ length: batchSize }, (_, i) => i % 4);
  const x: Tensor[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const noise = (await randomTensor([batchSize, 12, 12, 3], batch).data()) as Float32Array;
    const size = noise.length / batchSize;
    x.push(
      tensor(
        noise.map((value, i) => value + (Math.floor(i / size) % 4) / 4),
        { shape: [batchSize, 12, 12, 3] },
      ),
    );
  }
  return { x, y: x.map(() => tensor(labels)) };
}

async function train(backend: BackendName): Promise<Training> {
  setBackend(backend);
  setRandomSeed(11);
  const net = network();
  net.compile({ optimizer: optimizers.adam({ learningRate }), loss: 'sparseCategoricalCrossentropy' });
  const { x, y } = await pictures();
  const done: Step[] = [];
  for (let i = 0; i < steps; i++) {
    const before = counted();
    const { loss } = await net.trainOnBatch(x[i % batches] as Tensor, y[i % batches] as Tensor);
    const after = counted();
    const change = Object.fromEntries(
      Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]),
    );
    done.push({ loss: loss as number, ...change } as unknown as Step);
  }
  const weights = new Map<string, Float32Array>();
  for (const { path, value } of net.weights) weights.set(path, (await value.data()) as Float32Array);
  return { steps: done, weights };
}

function counted(): Readonly<Record<string, number>> {
  const { runs = 0, readbacks = 0, compiled = 0 } = gpuStatistics() ?? {};
  const { launches, readbacks: mappings } = traffic();
  return { runs, readbacks, compiled, launches, mappings };
}

describe('fifty steps of a convolutional network', () => {
  const page = currentBackend();
  let expected: Training;
  let trained: Training;

  beforeAll(async () => {
    expected = await train('reference');
    trained = await train(page);
  });

  test('lose at each step what they lose on the reference backend', () => {
    const losses = trained.steps.map(({ loss }) => loss);
    const errors = losses.map((loss, i) => {
      const right = (expected.steps[i] as Step).loss;
      return Math.abs(loss - right) / Math.max(1, right);
    });
    expect(Math.max(...errors), `step ${errors.indexOf(Math.max(...errors))}`).toBeLessThan(1e-4);
    expect(losses.at(-1)).toBeLessThan(0.7 * (losses[0] as number));
  });

  test('end with the same weights', () => {
    expect([...trained.weights.keys()]).toEqual([...expected.weights.keys()]);
    for (const [path, values] of trained.weights) {
      expect(relativeError(values, expected.weights.get(path) as Float32Array, furthest), path).toBeLessThan(1e-3);
    }
  });

  describe.runIf(asked.backend === 'gpu')('on the graphics card', () => {
    test('read once a step, which is the loss; initial weights are read before the first one', () => {
      const others = trained.steps.slice(1);
      expect(others.map(({ readbacks }) => readbacks)).toEqual(others.map(() => 1));
      expect(trained.steps.map(({ mappings }) => mappings)).toEqual(trained.steps.map(({ readbacks }) => readbacks));
    });

    test('run the same kernels in every step but the first, all of them on the card', () => {
      const [first, ...others] = trained.steps as readonly [Step, ...Step[]];
      expect(first.runs).toBeGreaterThan(0);
      expect(new Set(others.map(({ runs }) => runs)).size).toBe(1);
      // What the browser was asked for is what the library says it ran: nothing was computed in JavaScript instead.
      expect(trained.steps.map(({ launches }) => launches)).toEqual(trained.steps.map(({ runs }) => runs));
    });

    test('compile nothing behind the first step', () => {
      const [first, ...others] = trained.steps as readonly [Step, ...Step[]];
      expect(first.compiled).toBeGreaterThan(0);
      expect(others.map(({ compiled }) => compiled)).toEqual(others.map(() => 0));
    });
  });
});
