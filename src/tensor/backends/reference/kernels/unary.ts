import type { TypedArray } from '../../../dtype.js';
import type { Block } from '../block.js';

/** Computes `y[i] = f(x[i])` for `i` in `[0, size)`. */
export type UnaryLoop = (y: TypedArray, x: TypedArray, size: number) => void;

/** The kernel of an element-by-element function. Each brings its own loop, for the reason given at `binary`. */
export function unary(loop: UnaryLoop): (output: Block, inputs: readonly Block[]) => void {
  return (output, inputs) => {
    const [x] = inputs as readonly [Block];
    loop(output.data, x.data, output.data.length);
  };
}
