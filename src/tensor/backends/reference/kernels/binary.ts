import type { TypedArray } from '../../../dtype.js';
import { stridesOf } from '../../../shape.js';
import { broadcastStrides } from '../../../strides.js';
import type { Block } from '../block.js';
import { forEachRun } from './forEachRun.js';

/**
 * Computes `y[i] = f(a[p], b[q])` for `i` in `[start, end)`; `p` and `q` advance by `pStep` and `qStep`, which are 0
 * for an operand that is repeated.
 */
export type BinaryRun = (
  y: TypedArray,
  start: number,
  end: number,
  a: TypedArray,
  p: number,
  pStep: number,
  b: TypedArray,
  q: number,
  qStep: number,
) => void;

/**
 * The kernel of an element-by-element operation of two broadcast operands. Each operation brings its own loop rather
 * than a function of two numbers: a loop shared by many functions would have to call one for every element.
 */
export function binary(run: BinaryRun): (output: Block, inputs: readonly Block[]) => void {
  return (output, inputs) => {
    const [a, b] = inputs as readonly [Block, Block];
    const { shape } = output;
    const strides = [stridesOf(shape), broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)];
    forEachRun(shape, strides, (length, offsets, steps) => {
      const start = offsets[0] as number;
      const p = offsets[1] as number;
      const q = offsets[2] as number;
      run(output.data, start, start + length, a.data, p, steps[1] as number, b.data, q, steps[2] as number);
    });
  };
}
