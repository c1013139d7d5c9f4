import type { Tensor } from '../../tensor/index.js';
import type { RandomNumbers } from './randomNumbers.js';

/** Shape of some pictures, channels last. */
export type PictureShape = readonly [batch: number, height: number, width: number, channels: number];

/** What was drawn for some pictures. */
export interface Change {
  /** The changed pictures. Shape: `[batch, height, width, channels]`; only crops have another size. */
  readonly pictures: (x: Tensor) => Tensor;
  /** What becomes of labels, one row for each picture: `[batch, classes]`. @defaultValue they stay as they are */
  readonly labels?: (y: Tensor) => Tensor;
}

/** A change without a choice, for pictures of a shape and random numbers. */
export type DrawChange = (shape: PictureShape, random: RandomNumbers) => Change;
