import { ShapeMismatchError } from '../../errors.js';
import { type Tensor, wrap } from '../../tensor.js';
import { concat } from '../concat.js';
import { apply } from '../define.js';
import { checkFloating, checkSameDType } from '../operands.js';
import type { PadPair, Size2d } from '../primitives.js';
import { reshape } from '../reshape.js';
import { scatterAdd } from '../scatterAdd.js';
import { slice } from '../slice.js';
import { windowSpan } from '../window.js';
import { inPlane, windowOf } from './conv.js';
import { at, checkSizes, onPlanes, onRows, type SizeLike, type SpatialWindow, spaceOf } from './spatial.js';

/** Options of `convTranspose`. */
export interface ConvTransposeOptions {
  /** Elements from one window to the next in the result. @defaultValue `1` */
  readonly strides?: SizeLike;
  /** `'same'`: `strides` times as many elements; `'valid'`: all that a window reaches. @defaultValue `'valid'` */
  readonly padding?: 'valid' | 'same';
  /** Elements added at the end, less than the stride; `null`: what Keras takes for it. @defaultValue `null` */
  readonly outputPadding?: SizeLike | null;
  /** Distance between the elements a window reaches. @defaultValue `1` */
  readonly dilations?: SizeLike;
}

/** A window that moves over the result, and the sizes of the result. */
interface Reach extends SpatialWindow {
  readonly sizes: readonly number[];
}

/**
 * Transposed convolution of signals, pictures or volumes: the gradient of `conv` with respect to its input. Each
 * element adds its filter to the result.
 * Shape: `[n, ...space, c] * [...window, f, c] -> [n, ...space', f]`.
 * @throws {ShapeError | ShapeMismatchError | ArgumentError | DTypeError}
 */
export function convTranspose(x: Tensor, filter: Tensor, options: ConvTransposeOptions = {}): Tensor {
  const window = windowOf('convTranspose', x, filter);
  checkSameDType('convTranspose', [x, filter]);
  checkFloating('convTranspose', x);
  const channels = filter.shape[filter.rank - 1] as number;
  if (channels !== x.shape[x.rank - 1]) throw new ShapeMismatchError('convTranspose', filter.shape, x.shape);
  const reach = resolveReach(x, window, options);
  switch (x.rank) {
    case 3: {
      const row: Reach = {
        strides: [1, ...reach.strides],
        dilations: [1, ...reach.dilations],
        padding: [[0, 0], ...reach.padding],
        sizes: [1, ...reach.sizes],
      };
      return onRows(x, (pictures) => transpose2d(pictures, reshape(filter, [1, ...filter.shape]), row, 0));
    }
    case 4:
      return transpose2d(x, filter, reach, 0);
    default:
      return transposeVolumes(x, filter, reach);
  }
}

function resolveReach(x: Tensor, window: readonly number[], options: ConvTransposeOptions): Reach {
  const space = spaceOf('convTranspose', x);
  const strides = checkSizes('convTranspose', 'strides', options.strides ?? 1, space.length);
  const dilations = checkSizes('convTranspose', 'dilations', options.dilations ?? 1, space.length);
  const extra =
    options.outputPadding == null
      ? null
      : checkSizes('convTranspose', 'outputPadding', options.outputPadding, space.length, 0);
  const axes = space.map((size, axis) => {
    const stride = strides[axis] as number;
    const span = windowSpan(window[axis] as number, dilations[axis] as number);
    return reachAlong(size, span, stride, options.padding ?? 'valid', extra === null ? null : (extra[axis] as number));
  });
  return { strides, dilations, sizes: axes.map(({ size }) => size), padding: axes.map(({ padding }) => padding) };
}

/** The size of the result along one axis, and the padding of the convolution that it is the transpose of. */
function reachAlong(
  size: number,
  span: number,
  stride: number,
  padding: 'valid' | 'same',
  extra: number | null,
): { readonly size: number; readonly padding: PadPair } {
  const last = (size - 1) * stride;
  if (padding === 'valid') {
    return { size: last + span + (extra ?? Math.max(stride - span, 0)), padding: [0, 0] };
  }
  const result = extra === null ? size * stride : last + (span % 2) + extra;
  const total = Math.max(last + span - result, 0);
  return { size: result, padding: [Math.floor(total / 2), Math.ceil(total / 2)] };
}

/** The transposed convolution of pictures, along two axes from `first` on. */
function transpose2d(x: Tensor, filter: Tensor, reach: Reach, first: number): Tensor {
  const [height, width] = reach.sizes.slice(first, first + 2) as readonly number[] as Size2d;
  return apply('conv2dInputGradient', [x, filter], {
    ...inPlane(reach, first),
    groups: 1,
    inputShape: [x.shape[0] as number, height, width, filter.shape[2] as number],
  });
}

/** Each picture of a volume reaches as many pictures of the result as the filter is deep. */
function transposeVolumes(x: Tensor, filter: Tensor, reach: Reach): Tensor {
  const [taps, depth] = [filter.shape[0] as number, x.shape[1] as number];
  const [stride, dilation] = [reach.strides[0] as number, reach.dilations[0] as number];
  const [before] = reach.padding[0] as PadPair;
  const size = reach.sizes[0] as number;
  const parts = Array.from({ length: taps }, (_, tap) =>
    onPlanes(x, (pictures) => transpose2d(pictures, at(filter, tap), reach, 1)),
  );
  const places = parts.flatMap((_, tap) => Array.from({ length: depth }, (__, i) => i * stride + tap * dilation));
  const full = Math.max(before + size, Math.max(...places) + 1);
  const spread = scatterAdd(concat(parts, 1), wrap(Int32Array.from(places), [places.length], 'int32'), {
    axis: 1,
    size: full,
  });
  return slice(spread, [0, before], [-1, size]);
}
