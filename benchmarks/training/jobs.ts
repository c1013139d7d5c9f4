import { addHead, type Model, setRandomSeed } from 'mapache';
import { type MobileNetV2Options, mobileNetV2 } from './architecture.js';

/**
 * The jobs of transfer learning, each with one batch: predictions; one step of Adam on the head, with the base frozen;
 * one step of Adam on all weights, with the statistics of batch normalisations kept.
 */
export const jobs = ['predict', 'train the head', 'fine-tune'] as const;

export type Job = (typeof jobs)[number];

/** Who does a job. `run` gives the predictions, or the loss before the step, so that results can be compared. */
export interface Worker {
  readonly name: string;
  readonly run: () => Promise<ArrayLike<number>>;
}

/** One batch of made-up pictures and their classes. */
export interface Batch {
  readonly x: Float32Array;
  readonly y: Int32Array;
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
}

export const classes = 10;
export const learningRate = 1e-5;

/** A MobileNetV2 with a new head, of random weights that are the same every time. */
export function buildModel(options: MobileNetV2Options): { readonly base: Model; readonly model: Model } {
  setRandomSeed(1);
  const base = mobileNetV2(options);
  return { base, model: addHead(base, { classes, activation: 'linear' }) };
}

/** Pictures of noise, the same every time. */
export function makeBatch(size: number, batch: number): Batch {
  const x = Float32Array.from({ length: batch * size * size * 3 }, (_, i) => Math.sin(i * i));
  return { x, y: Int32Array.from({ length: batch }, (_, i) => i % classes), shape: [batch, size, size, 3] };
}
