// Runs in the browser: trains a small network and watches whether the page stays alive meanwhile.
import {
  getBackend,
  input,
  layers,
  model,
  optimizers,
  randomUniform,
  setBackend,
  setRandomSeed,
  tensor,
} from 'mapache';

/** What the page has to tell. */
export interface PageReport {
  readonly isolated: boolean;
  readonly device: string;
  /** The loss of each epoch. */
  readonly losses: readonly number[];
  /** How long training took, in milliseconds; how many frames were drawn meanwhile, and the longest time between two of them. */
  readonly duration: number;
  readonly frames: number;
  readonly longestPause: number;
}

const epochs = 50;
const images = 64;

async function train(): Promise<PageReport> {
  setRandomSeed(7);
  setBackend('wasm', { threads: 2 });
  const image = input({ shape: [32, 32, 3] });
  let x = layers.conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(image);
  x = layers.conv2d({ filters: 32, kernelSize: 3, strides: 2, activation: 'relu' }).apply(x);
  x = layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }).apply(x);
  x = layers.globalAveragePooling2d().apply(x);
  const network = model({ inputs: image, outputs: layers.dense({ units: 4, activation: 'softmax' }).apply(x) });
  network.compile({ optimizer: optimizers.adam({ learningRate: 3e-3 }), loss: 'sparseCategoricalCrossentropy' });
  const pixels = randomUniform([images, 32, 32, 3], { seed: 3 });
  const labels = tensor(Int32Array.from({ length: images }, (_, i) => i % 4));

  // Making the plan is the page's own work, done once; training is not.
  await network.fit(pixels, labels, { batchSize: 16, verbose: 0 });
  const watch = watchFrames();
  const start = performance.now();
  const { history } = await network.fit(pixels, labels, { epochs, batchSize: 16, verbose: 0 });
  const duration = performance.now() - start;
  const { device } = getBackend('wasm').describe();
  return { isolated: crossOriginIsolated, device, losses: history.loss ?? [], duration, ...watch() };
}

/** Counts frames until the function it returns is called. */
function watchFrames(): () => Pick<PageReport, 'frames' | 'longestPause'> {
  let frames = 0;
  let longestPause = 0;
  let last = performance.now();
  let isOver = false;
  const next = (): void => {
    const now = performance.now();
    longestPause = Math.max(longestPause, now - last);
    last = now;
    frames++;
    if (!isOver) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  return () => {
    isOver = true;
    return { frames, longestPause: Math.max(longestPause, performance.now() - last) };
  };
}

Object.assign(globalThis, { report: train() });
