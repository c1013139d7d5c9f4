import { formatShape, ShapeError } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { conv2d } from '../conv2d.js';
import type { ConvOptions } from '../convolution.js';
import { depthwiseConv2d } from '../depthwiseConv2d.js';
import { pad } from '../pad.js';
import type { PadPair, Size2d } from '../primitives.js';
import { reshape } from '../reshape.js';
import {
  at,
  everyNth,
  onPlanes,
  onRows,
  positionsAlongDepth,
  resolveWindow,
  type SizeLike,
  type SpatialPadding,
  type SpatialWindow,
  spaceOf,
} from './spatial.js';

/** Options of `depthwiseConv`. */
export interface SpatialConvOptions {
  /** Elements from one window to the next. @defaultValue `1` */
  readonly strides?: SizeLike;
  /** @defaultValue `'valid'` */
  readonly padding?: SpatialPadding;
  /** Distance between the elements a window looks at. @defaultValue `1` */
  readonly dilations?: SizeLike;
}

/** Options of `conv`. */
export interface GroupedSpatialConvOptions extends SpatialConvOptions {
  /** Number of groups the channels are split into, each with filters of its own. @defaultValue `1` */
  readonly groups?: number;
}

type Convolve2d = (pictures: Tensor, filter: Tensor, window: ConvOptions) => Tensor;

/**
 * Convolution of signals, pictures or volumes with filters: `conv2d` over one, two or three axes of space.
 * Shape: `[n, ...space, c] * [...window, c / groups, f] -> [n, ...space', f]`.
 * @throws {ShapeError | ShapeMismatchError | ArgumentError | DTypeError}
 */
export function conv(x: Tensor, filter: Tensor, options: GroupedSpatialConvOptions = {}): Tensor {
  const { groups = 1, ...window } = options;
  return convolve('conv', x, filter, window, (pictures, kernel, moving) =>
    conv2d(pictures, kernel, { ...moving, groups }),
  );
}

/**
 * Convolution of each channel with filters of its own: `depthwiseConv2d` over one, two or three axes of space.
 * Shape: `[n, ...space, c] * [...window, c, multiplier] -> [n, ...space', c * multiplier]`.
 * @throws {ShapeError | ShapeMismatchError | ArgumentError | DTypeError}
 */
export function depthwiseConv(x: Tensor, filter: Tensor, options: SpatialConvOptions = {}): Tensor {
  return convolve('depthwiseConv', x, filter, options, depthwiseConv2d);
}

function convolve(
  operation: string,
  x: Tensor,
  filter: Tensor,
  options: SpatialConvOptions,
  convolve2d: Convolve2d,
): Tensor {
  const window = resolveWindow(operation, x, windowOf(operation, x, filter), { strides: 1, ...options });
  const { strides, dilations, padding } = window;
  switch (x.rank) {
    case 3: {
      const moving: ConvOptions = {
        strides: [1, strides[0] as number],
        dilations: [1, dilations[0] as number],
        padding: [[0, 0], padding[0] as PadPair],
      };
      return onRows(x, (pictures) => convolve2d(pictures, reshape(filter, [1, ...filter.shape]), moving));
    }
    case 4:
      return convolve2d(x, filter, inPlane(window, 0));
    default:
      return convolveVolumes(operation, x, filter, window, convolve2d);
  }
}

/** A volume's convolution is the sum, over the filter's depth, of convolutions of its pictures. */
function convolveVolumes(
  operation: string,
  x: Tensor,
  filter: Tensor,
  window: SpatialWindow,
  convolve2d: Convolve2d,
): Tensor {
  const taps = filter.shape[0] as number;
  const depth = positionsAlongDepth(operation, x, taps, window);
  const padded = pad(x, [[0, 0], window.padding[0] as PadPair, [0, 0], [0, 0], [0, 0]]);
  const [stride, dilation] = [window.strides[0] as number, window.dilations[0] as number];
  const parts = Array.from({ length: taps }, (_, tap) =>
    onPlanes(everyNth(padded, tap * dilation, depth, stride), (pictures) =>
      convolve2d(pictures, at(filter, tap), inPlane(window, 1)),
    ),
  );
  return parts.reduce((total, part) => add(total, part));
}

/** The window along two axes of space, from `first` on. */
export function inPlane(window: SpatialWindow, first: number) {
  const two = (sizes: readonly number[]): Size2d => [sizes[first] as number, sizes[first + 1] as number];
  return {
    strides: two(window.strides),
    dilations: two(window.dilations),
    padding: [window.padding[first] as PadPair, window.padding[first + 1] as PadPair] as const,
  };
}

/** The filter's sizes along the axes of space. @throws {ShapeError} if it has other axes than `x`. */
export function windowOf(operation: string, x: Tensor, filter: Tensor): readonly number[] {
  const axes = spaceOf(operation, x).length;
  if (filter.rank === x.rank) return filter.shape.slice(0, axes);
  throw new ShapeError({
    operation,
    expected: `a filter of rank ${x.rank}, [...window, in, out]`,
    received: formatShape(filter.shape),
    remedy: 'Filters have one axis for each axis of space, then two of channels.',
  });
}
