import type { Shape, Tensor } from '../../tensor/index.js';

/** How many numbers to draw. `'batch'` in front: for each picture of the batch; otherwise once for all of them. */
export type NumbersShape = readonly ['batch', ...(readonly number[])] | Shape;

/** Where augmentations get their random numbers from. Each call gives numbers that are independent of all others. */
export interface RandomNumbers {
  /** Uniform in `[low, high)`. @defaultValue `0` and `1` */
  uniform(shape: NumbersShape, low?: number, high?: number): Tensor;
  /** Integers in `[low, high)`, as `int32`. */
  integers(shape: NumbersShape, low: number, high: number): Tensor;
  /** With mean 0 and standard deviation 1. */
  normal(shape: NumbersShape): Tensor;
  /** From the symmetric beta distribution: in `[0, 1]`, mean 1/2. */
  beta(shape: NumbersShape, alpha: number | Tensor): Tensor;
  /** So many shares, which add up to 1, from the symmetric Dirichlet distribution. Shape: `[count]`. */
  dirichlet(count: number, alpha: number): Tensor;
  /** The numbers `0 … batch - 1` in any order, as `int32`. */
  order(): Tensor;
}
