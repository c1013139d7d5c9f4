import type { Tensor } from '../tensor.js';
import { type ConvOptions, checkConvOperands, convFlops, filterSpans, resolveConv } from './convolution.js';
import { apply, definePrimitive } from './define.js';
import { windowedSize } from './window.js';

export const depthwiseConv2dPrimitive = definePrimitive('depthwiseConv2d', {
  infer: (inputs, params) => {
    const [x, filter] = inputs as readonly [Tensor, Tensor];
    const [, , channels, multiplier] = filter.shape as [number, number, number, number];
    checkConvOperands('depthwiseConv2d', x, filter, channels);
    const [rows, columns] = windowedSize('depthwiseConv2d', x, filterSpans(filter.shape, params.dilations), params);
    return { shape: [x.shape[0] as number, rows, columns, channels * multiplier], dtype: x.dtype };
  },
  gradient: ({ dy, inputs, params }) => {
    const [x, filter] = inputs as readonly [Tensor, Tensor];
    return [
      apply('depthwiseConv2dInputGradient', [dy, filter], { ...params, inputShape: x.shape }),
      apply('depthwiseConv2dFilterGradient', [x, dy], { ...params, filterShape: filter.shape }),
    ];
  },
  flops: ([, filter], output) => convFlops(output.size, (filter as Tensor).shape, 1),
});

/**
 * Convolution of each channel with filters of its own; channel `c` gives channels `c * multiplier + m`.
 * Shape: `[n, h, w, c] * [fh, fw, c, multiplier] -> [n, h', w', c * multiplier]`.
 * @throws {ShapeError | ShapeMismatchError | ArgumentError | DTypeError}
 */
export function depthwiseConv2d(x: Tensor, filter: Tensor, options: ConvOptions = {}): Tensor {
  return apply('depthwiseConv2d', [x, filter], resolveConv('depthwiseConv2d', x, filter, options));
}
