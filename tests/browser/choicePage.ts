// Runs in the browser: has a backend chosen, and trains a small network on it.
import {
  availableBackends,
  type BackendChoice,
  currentBackend,
  layers,
  optimizers,
  sequential,
  setBackend,
  setRandomSeed,
  tensor,
} from 'mapache';

/** What the page has to tell. */
export interface ChoiceReport {
  readonly isolated: boolean;
  /** What the browser says itself. */
  readonly has: { readonly webgpu: boolean; readonly adapter: boolean; readonly webgl2: boolean };
  readonly available: Awaited<ReturnType<typeof availableBackends>>;
  readonly choice: BackendChoice;
  readonly current: string;
  /** The loss of each epoch on the backend that was chosen. */
  readonly losses: readonly number[];
}

async function choose(): Promise<ChoiceReport> {
  const choice = await setBackend('auto');
  return {
    isolated: crossOriginIsolated,
    has: {
      webgpu: 'gpu' in navigator,
      adapter: 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null,
      webgl2: document.createElement('canvas').getContext('webgl2') !== null,
    },
    available: await availableBackends(),
    choice,
    current: currentBackend(),
    losses: await train(),
  };
}

async function train(): Promise<readonly number[]> {
  setRandomSeed(7);
  const net = sequential([
    layers.inputLayer({ shape: [6, 6, 1] }),
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
    layers.flatten(),
    layers.dense({ units: 2, activation: 'softmax' }),
  ]);
  net.compile({ optimizer: optimizers.adam({ learningRate: 1e-2 }), loss: 'sparseCategoricalCrossentropy' });
  const x = tensor(
    Float32Array.from({ length: 8 * 36 }, (_, i) => (Math.floor(i / 36) % 2) * 0.5 + (i % 5) / 10),
    {
      shape: [8, 6, 6, 1],
    },
  );
  const { history } = await net.fit(x, tensor(Int32Array.from({ length: 8 }, (_, i) => i % 2)), {
    epochs: 10,
    verbose: 0,
  });
  return history.loss ?? [];
}

Object.assign(globalThis, { report: choose() });
