import { ArgumentError, formatShape, formatValue, ShapeError } from '../../errors.js';
import { type Tensor, wrap } from '../../tensor.js';
import { gather } from '../gather.js';
import type { PadPair } from '../primitives.js';
import { reshape } from '../reshape.js';
import { slice } from '../slice.js';
import { outputSize, paddingAlong, windowSpan } from '../window.js';

// Space has one, two or three axes: `[batch, ...space, channels]`. Signals are pictures of one row, and a volume is
// a row of pictures, so that the primitives for pictures are all that is needed.

/** One number for all axes of space, or one for each. */
export type SizeLike = number | readonly number[];

/** What is added around space: nothing, what `output = ceil(input / stride)` takes, or a pair for each axis. */
export type SpatialPadding = 'valid' | 'same' | readonly PadPair[];

/** How a window moves, with every default filled in; one entry for each axis of space. */
export interface SpatialWindow {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: readonly PadPair[];
}

/** Sizes along the axes of space. @throws {ShapeError} unless there are one, two or three. */
export function spaceOf(operation: string, x: Tensor): readonly number[] {
  if (x.rank >= 3 && x.rank <= 5) return x.shape.slice(1, -1);
  throw new ShapeError({
    operation,
    expected: 'an input of shape [batch, ...space, channels] with one, two or three axes of space',
    received: formatShape(x.shape),
    remedy: 'Add the missing dimension with reshape.',
  });
}

/** One size for each of `axes`. @throws {ArgumentError} unless `value` is one or as many integers of at least `least`. */
export function checkSizes(
  operation: string,
  name: string,
  value: SizeLike,
  axes: number,
  least = 1,
): readonly number[] {
  const sizes = typeof value === 'number' ? new Array<number>(axes).fill(value) : value;
  if (Array.isArray(sizes) && sizes.length === axes && sizes.every((n) => Number.isInteger(n) && n >= least)) {
    return sizes as readonly number[];
  }
  throw new ArgumentError({
    operation,
    expected: `${name} to be an integer of at least ${least}, or ${axes} of them`,
    received: formatValue(value),
    remedy: 'There is one for each axis of space, in the order of the axes.',
  });
}

/**
 * How a window of `sizes` moves over `x`.
 * @throws {ArgumentError} for anything that is not a padding, a stride or a dilation.
 */
export function resolveWindow(
  operation: string,
  x: Tensor,
  sizes: readonly number[],
  options: { readonly strides: SizeLike; readonly dilations?: SizeLike; readonly padding?: SpatialPadding },
): SpatialWindow {
  const space = spaceOf(operation, x);
  const { padding = 'valid' } = options;
  const strides = checkSizes(operation, 'strides', options.strides, space.length);
  const dilations = checkSizes(operation, 'dilations', options.dilations ?? 1, space.length);
  if (padding !== 'valid' && padding !== 'same') return { strides, dilations, padding: checkPairs(operation, padding) };
  const along = (size: number, axis: number): PadPair => {
    const span = windowSpan(sizes[axis] as number, dilations[axis] as number);
    return paddingAlong(padding, size, span, strides[axis] as number);
  };
  return { strides, dilations, padding: space.map(along) };
}

function checkPairs(operation: string, padding: readonly PadPair[]): readonly PadPair[] {
  const isPair = (pair: unknown): boolean =>
    Array.isArray(pair) && pair.length === 2 && pair.every((count) => Number.isInteger(count) && count >= 0);
  if (Array.isArray(padding) && padding.every(isPair)) return padding;
  throw new ArgumentError({
    operation,
    expected: "padding 'valid', 'same' or one [before, after] for each axis of space",
    received: formatValue(padding),
    remedy: 'Counts are non-negative integers.',
  });
}

/** Positions of a window along the first axis of space. @throws {ShapeError} if it does not fit once. */
export function positionsAlongDepth(operation: string, x: Tensor, size: number, window: SpatialWindow): number {
  const [depth, span] = [x.shape[1] as number, windowSpan(size, window.dilations[0] as number)];
  const count = outputSize(depth, span, window.strides[0] as number, window.padding[0] as PadPair);
  if (count >= 1) return count;
  throw new ShapeError({
    operation,
    expected: `a depth of at least ${span}, padding included`,
    received: `${depth}`,
    remedy: "Use larger volumes, a smaller window or padding 'same'.",
  });
}

/** A function of pictures, for signals: `[n, length, c]` is the only row of a picture. */
export function onRows(x: Tensor, fn: (pictures: Tensor) => Tensor): Tensor {
  const [batch, length, channels] = x.shape as [number, number, number];
  const y = fn(reshape(x, [batch, 1, length, channels]));
  return reshape(y, [batch, ...y.shape.slice(2)]);
}

/** A function of pictures, for each picture of a volume: `[n, depth, h, w, c]`. */
export function onPlanes(x: Tensor, fn: (pictures: Tensor) => Tensor): Tensor {
  const [batch, depth, ...picture] = x.shape as [number, number, ...number[]];
  const y = fn(reshape(x, [batch * depth, ...picture]));
  return reshape(y, [batch, depth, ...y.shape.slice(1)]);
}

/** `count` elements along axis 1, `stride` apart. */
export function everyNth(x: Tensor, begin: number, count: number, stride: number): Tensor {
  if (stride === 1) return slice(x, [0, begin], [-1, count]);
  const positions = Int32Array.from({ length: count }, (_, i) => begin + i * stride);
  return gather(x, wrap(positions, [count], 'int32'), 1);
}

/** One entry along the first axis, without that axis. */
export function at(x: Tensor, index: number): Tensor {
  return reshape(slice(x, [index], [1]), x.shape.slice(1));
}
