import {
  addHead,
  currentBackend,
  freeze,
  type Model,
  optimizers,
  setBackend,
  setRandomSeed,
  type Tensor,
  wrap,
} from 'mapache';
import type { Network } from './networks.js';

/**
 * The jobs of transfer learning, each with one batch: predictions; one step of Adam on the head, with the base frozen;
 * one step of Adam on all weights as in Keras's guide, where batch normalisations keep their statistics but learn gamma
 * and beta; the same with the batch normalisations frozen altogether.
 */
export const jobs = ['predict', 'head', 'fine-tune', 'fine-tune, norms frozen'] as const;

export type Job = (typeof jobs)[number];

/** Pictures and their classes. */
export interface Batch {
  readonly x: Float32Array;
  readonly y: Int32Array;
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
}

export const classes = 10;
export const learningRate = 1e-5;

/** A network with a new head, of random weights that are the same every time, to the bit on every backend. */
export async function buildModel({ build }: Network): Promise<{ readonly base: Model; readonly model: Model }> {
  const backend = currentBackend();
  setBackend('reference');
  setRandomSeed(1);
  const base = build();
  const model = addHead(base, { classes, activation: 'linear' });
  // Drawn when first read.
  for (const { value } of model.weights) await value.data();
  setBackend(backend);
  return { base, model };
}

/** Pictures of noise, the same every time. */
export function makeBatch(size: number, batch: number): Batch {
  const x = Float32Array.from({ length: batch * size * size * 3 }, (_, i) => Math.sin(i * i));
  return { x, y: Int32Array.from({ length: batch }, (_, i) => i % classes), shape: [batch, size, size, 3] };
}

/** A job of mapache, on whichever backend is current when it runs: the predictions, or the loss before the step. */
export async function prepareJob(job: Job, network: Network, batch: Batch): Promise<() => Promise<ArrayLike<number>>> {
  const { base, model } = await buildModel(network);
  if (job === 'head') freeze(base);
  if (job === 'fine-tune, norms frozen') freezeNorms(base);
  model.compile({ optimizer: optimizers.adam({ learningRate }) });
  const [x, y] = tensorsOf(batch);
  if (job === 'predict') return async () => (await model.predict(x, { batchSize: batch.y.length })).data();
  return async () => [(await model.trainOnBatch(x, y)).loss ?? Number.NaN];
}

/** Networks without batch normalisations stay as they are. */
function freezeNorms(base: Model): void {
  const norms = base.layers.filter(({ inferenceWhenFrozen }) => inferenceWhenFrozen);
  if (norms.length > 0) freeze(base, { layers: norms });
}

function tensorsOf({ x, y, shape }: Batch): readonly [x: Tensor, y: Tensor] {
  return [wrap(x, shape, 'float32'), wrap(y, [y.length], 'int32')];
}
