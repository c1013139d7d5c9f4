import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { poolFlops } from './pooling.js';

/** Gradient of `avgPool2d`: `dy -> dx`, where each `dy` is shared evenly by the elements of its window. */
export const avgPool2dGradientPrimitive = definePrimitive('avgPool2dGradient', {
  infer: ([dy], { inputShape }) => ({ shape: inputShape, dtype: (dy as Tensor).dtype }),
  gradient: ({ dy: ddx, params: { inputShape: _, ...pool } }) => [apply('avgPool2d', [ddx], pool)],
  flops: ([dy], _output, params) => poolFlops((dy as Tensor).size, params),
});
