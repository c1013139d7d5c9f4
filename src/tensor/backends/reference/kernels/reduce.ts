import type { TypedArray } from '../../../dtype.js';
import type { ReduceParams } from '../../../ops/primitives.js';
import { reducedShape, sizeOf, stridesOf } from '../../../shape.js';
import { broadcastStrides } from '../../../strides.js';
import type { Block } from '../block.js';
import { forEachRun } from './forEachRun.js';

/**
 * Folds `x[p .. p + length)` into the totals: all of it into `totals[t]` if `tStep` is 0, else each element into its
 * own total, from `totals[t]` on.
 */
type FoldRun = (totals: Float64Array, t: number, tStep: number, x: TypedArray, p: number, length: number) => void;

/** The kernel of a reduction. `x` is read once, in order; totals are doubles, so float32 sums lose nothing on the way. */
function reduction(initial: number, fold: FoldRun) {
  return (output: Block, inputs: readonly Block[], { axes }: ReduceParams): void => {
    const [{ data: x, shape }] = inputs as readonly [Block];
    const kept = reducedShape(shape, axes, true);
    const totals = new Float64Array(sizeOf(kept)).fill(initial);
    forEachRun(shape, [stridesOf(shape), broadcastStrides(kept, shape)], (length, offsets, steps) => {
      fold(totals, offsets[1] as number, steps[1] as number, x, offsets[0] as number, length);
    });
    output.data.set(totals);
  };
}

export const sum = reduction(0, (totals, t, tStep, x, p, length) => {
  if (tStep === 0) {
    let total = 0;
    for (let i = p; i < p + length; i++) total += x[i] as number;
    totals[t] = (totals[t] as number) + total;
  } else {
    for (let i = 0; i < length; i++) totals[t + i] = (totals[t + i] as number) + (x[p + i] as number);
  }
});

/** NaN if any element is: a NaN always enters, and nothing compares greater than it. */
export const max = reduction(-Infinity, (totals, t, tStep, x, p, length) => {
  for (let i = p; i < p + length; i++, t += tStep) {
    const value = x[i] as number;
    if (value > (totals[t] as number) || Number.isNaN(value)) totals[t] = value;
  }
});

/** NaN if any element is. */
export const min = reduction(Infinity, (totals, t, tStep, x, p, length) => {
  for (let i = p; i < p + length; i++, t += tStep) {
    const value = x[i] as number;
    if (value < (totals[t] as number) || Number.isNaN(value)) totals[t] = value;
  }
});
