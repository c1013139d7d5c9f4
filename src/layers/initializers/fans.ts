import { type Shape, sizeOf } from '../../tensor/index.js';

/** How many numbers go into one output of a weight, and how many outputs one input reaches. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Fans of a weight. The last two axes of a kernel are inputs and outputs; all before them are the receptive field.
 * `[3, 3, 16, 32]` has fans 144 and 288.
 */
export function fansOf(shape: Shape): Fans {
  const [first = 1] = shape;
  if (shape.length < 2) return { fanIn: first, fanOut: first };
  const field = sizeOf(shape.slice(0, -2));
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  return { fanIn: field * inputs, fanOut: field * outputs };
}
