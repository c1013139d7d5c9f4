import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { resizedSpec } from './resizing.js';

/** Gradient of `resizeNearest`: `dy -> dx`, the transpose of the same linear map. */
export const resizeNearestGradientPrimitive = definePrimitive('resizeNearestGradient', {
  infer: ([dy], { inputSize }) => resizedSpec('resizeNearestGradient', dy as Tensor, inputSize),
  gradient: ({ dy: ddx, params: { inputSize: _, ...resize } }) => [apply('resizeNearest', [ddx], resize)],
  flops: ([dy]) => (dy as Tensor).size,
});
