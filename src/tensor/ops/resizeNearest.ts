import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';
import type { Size2d } from './primitives.js';
import { type ResizeOptions, resizedSpec, resolveResize } from './resizing.js';
import { imageSize } from './window.js';

export const resizeNearestPrimitive = definePrimitive('resizeNearest', {
  infer: ([x], { size }) => resizedSpec('resizeNearest', x as Tensor, size),
  gradient: ({ dy, inputs, params }) => [
    apply('resizeNearestGradient', [dy], { ...params, inputSize: imageSize('resizeNearest', inputs[0] as Tensor) }),
  ],
  flops: noFlops,
});

/**
 * Images of another size, each pixel copied from the nearest pixel; no smoothing when shrinking.
 * Shape: `[n, h, w, c] -> [n, size[0], size[1], c]`.
 * @throws {ShapeError | ArgumentError}
 */
export function resizeNearest(x: Tensor, size: Size2d, options: ResizeOptions = {}): Tensor {
  return apply('resizeNearest', [x], resolveResize('resizeNearest', size, options));
}
