import { type Shape, sizeOf } from '../../tensor/index.js';

/** How many numbers go into one output of a weight, and how many outputs one input reaches. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Which axes of a weight are inputs and which outputs, where they are not the last two. */
export interface FanAxes {
  readonly inputAxes: readonly number[];
  readonly outputAxes: readonly number[];
}

/**
 * Fans of a weight. The last two axes of a kernel are inputs and outputs; all before them are the receptive field.
 * `[3, 3, 16, 32]` has fans 144 and 288.
 */
export function fansOf(shape: Shape, axes: FanAxes | null = null): Fans {
  if (axes !== null) {
    const size = (list: readonly number[]): number => sizeOf(list.map((axis) => shape.at(axis) ?? 1));
    return { fanIn: size(axes.inputAxes), fanOut: size(axes.outputAxes) };
  }
  const [first = 1] = shape;
  if (shape.length < 2) return { fanIn: first, fanOut: first };
  const field = sizeOf(shape.slice(0, -2));
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  return { fanIn: field * inputs, fanOut: field * outputs };
}
