import { reducedShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply } from './define.js';
import type { ReduceParams } from './primitives.js';

/** Options of every reduction. */
export interface ReduceOptions {
  /** Axes to reduce; negative ones count from the end. @defaultValue all of them */
  readonly axes?: number | readonly number[];
  /** Keep reduced axes as size 1. @defaultValue `false` */
  readonly keepDims?: boolean;
}

/** A reduced tensor with its reduced axes back as size 1, so that it broadcasts against what it was reduced from. */
export function expandReduced(reduced: Tensor, x: Tensor, { axes, keepDims }: ReduceParams): Tensor {
  return keepDims ? reduced : apply('reshape', [reduced], { shape: reducedShape(x.shape, axes, true) });
}
