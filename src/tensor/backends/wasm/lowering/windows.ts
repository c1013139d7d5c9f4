import type { PadPair, Size2d } from '../../../ops/primitives.js';
import type { Shape } from '../../../shape.js';

/** How windows lie over images. */
export interface WindowGeometry {
  readonly input: Shape;
  readonly output: Shape;
  readonly window: Size2d;
  readonly params: {
    readonly strides: Size2d;
    readonly padding: readonly [PadPair, PadPair];
    readonly dilations?: Size2d;
  };
}

/** The words of `Windows` in `assembly/windows.ts`: what each position of the output sees. */
export function windowWords({ input, output, window, params }: WindowGeometry): readonly number[] {
  const { strides, padding, dilations = [1, 1] } = params;
  return axes.flatMap((axis) => [
    ...[input[axis + 1] as number, output[axis + 1] as number, window[axis]],
    ...[strides[axis], -padding[axis][0], dilations[axis], 1],
  ]);
}

/** The same looked at from the other side: which positions of the output see each position of the input. */
export function transposedWindowWords({ input, output, window, params }: WindowGeometry): readonly number[] {
  const { strides, padding, dilations = [1, 1] } = params;
  return axes.flatMap((axis) => [
    ...[output[axis + 1] as number, input[axis + 1] as number, window[axis]],
    ...[1, padding[axis][0], -dilations[axis], strides[axis]],
  ]);
}

const axes = [0, 1] as const;
