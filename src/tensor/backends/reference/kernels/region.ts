import type { TypedArray } from '../../../dtype.js';
import type { Shape } from '../../../shape.js';
import { forEachRun } from './forEachRun.js';

/** Elements of an array reached by steps of `strides` from `start`. */
export interface Region {
  readonly data: TypedArray;
  readonly start: number;
  readonly strides: readonly number[];
}

/** Runs shorter than this are copied faster by a loop than by a call of `set`. */
const shortRun = 64;

/** Copies one region of shape `shape` to another. Everything that only moves numbers is a case of this. */
export function copyRegion(shape: Shape, to: Region, from: Region): void {
  const y = to.data;
  const x = from.data;
  forEachRun(shape, [to.strides, from.strides], (length, offsets, steps) => {
    const yStep = steps[0] as number;
    const xStep = steps[1] as number;
    let i = to.start + (offsets[0] as number);
    let j = from.start + (offsets[1] as number);
    if (yStep === 1 && xStep === 1 && length >= shortRun) {
      y.set(x.subarray(j, j + length), i);
      return;
    }
    for (let k = 0; k < length; k++, i += yStep, j += xStep) y[i] = x[j] as number;
  });
}
