import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { checkFloating } from './operands.js';
import type { Size2d } from './primitives.js';
import { type ResizeOptions, resizedSpec, resolveResize } from './resizing.js';
import { imageSize } from './window.js';

export const resizeBilinearPrimitive = definePrimitive('resizeBilinear', {
  infer: ([x], { size }) => {
    checkFloating('resizeBilinear', x as Tensor);
    return resizedSpec('resizeBilinear', x as Tensor, size);
  },
  gradient: ({ dy, inputs, params }) => [
    apply('resizeBilinearGradient', [dy], { ...params, inputSize: imageSize('resizeBilinear', inputs[0] as Tensor) }),
  ],
  flops: (_inputs, output) => 8 * output.size,
});

/**
 * Images of another size, each pixel weighted from the four pixels around each place; no smoothing when shrinking.
 * Shape: `[n, h, w, c] -> [n, size[0], size[1], c]`.
 * @throws {ShapeError | ArgumentError}
 */
export function resizeBilinear(x: Tensor, size: Size2d, options: ResizeOptions = {}): Tensor {
  return apply('resizeBilinear', [x], resolveResize('resizeBilinear', size, options));
}
