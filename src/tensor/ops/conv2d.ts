import { ArgumentError, formatValue, ShapeMismatchError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { type ConvOptions, checkConvOperands, convFlops, filterSpans, resolveConv } from './convolution.js';
import { apply, definePrimitive } from './define.js';
import { windowedSize } from './window.js';

/** Options of `conv2d`. */
export interface Conv2dOptions extends ConvOptions {
  /** Number of groups the channels are split into, each with filters of its own. @defaultValue `1` */
  readonly groups?: number;
}

export const conv2dPrimitive = definePrimitive('conv2d', {
  infer: (inputs, params) => {
    const [x, filter] = inputs as readonly [Tensor, Tensor];
    const [, , depth, filters] = filter.shape as [number, number, number, number];
    checkConvOperands('conv2d', x, filter, depth * params.groups);
    if (filters % params.groups !== 0) throw new ShapeMismatchError('conv2d', filter.shape, [params.groups]);
    const [rows, columns] = windowedSize('conv2d', x, filterSpans(filter.shape, params.dilations), params);
    return { shape: [x.shape[0] as number, rows, columns, filters], dtype: x.dtype };
  },
  // The three convolutions are one trilinear form seen from its three sides.
  gradient: ({ dy, inputs, params }) => {
    const [x, filter] = inputs as readonly [Tensor, Tensor];
    return [
      apply('conv2dInputGradient', [dy, filter], { ...params, inputShape: x.shape }),
      apply('conv2dFilterGradient', [x, dy], { ...params, filterShape: filter.shape }),
    ];
  },
  flops: ([, filter], output) => {
    const { shape } = filter as Tensor;
    return convFlops(output.size, shape, shape[2] as number);
  },
});

/**
 * Convolution of images with filters (cross-correlation, as everywhere in deep learning).
 * Shape: `[n, h, w, c] * [fh, fw, c / groups, f] -> [n, h', w', f]`.
 * @throws {ShapeError | ShapeMismatchError | ArgumentError | DTypeError}
 */
export function conv2d(x: Tensor, filter: Tensor, options: Conv2dOptions = {}): Tensor {
  const groups = options.groups ?? 1;
  if (!Number.isInteger(groups) || groups < 1) {
    throw new ArgumentError({
      operation: 'conv2d',
      expected: 'groups to be a positive integer',
      received: formatValue(options.groups),
      remedy: 'Both channel counts must be multiples of it.',
    });
  }
  return apply('conv2d', [x, filter], { ...resolveConv('conv2d', x, filter, options), groups });
}
