import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { resizedSpec } from './resizing.js';

/** Gradient of `resizeBilinear`: `dy -> dx`, the transpose of the same linear map. */
export const resizeBilinearGradientPrimitive = definePrimitive('resizeBilinearGradient', {
  infer: ([dy], { inputSize }) => resizedSpec('resizeBilinearGradient', dy as Tensor, inputSize),
  gradient: ({ dy: ddx, params: { inputSize: _, ...resize } }) => [apply('resizeBilinear', [ddx], resize)],
  flops: ([dy]) => 8 * (dy as Tensor).size,
});
