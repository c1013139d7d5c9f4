import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { poolFlops } from './pooling.js';

/** Gradient of `maxPool2d`: `(x, dy) -> dx`, where each `dy` goes to the first largest element of its window. */
export const maxPool2dGradientPrimitive = definePrimitive('maxPool2dGradient', {
  infer: ([x]) => x as Tensor,
  // Linear in dy. Where the largest element stands does not vary smoothly with x.
  gradient: ({ dy: ddx, inputs, params }) => [null, apply('maxPool2dSelect', [inputs[0] as Tensor, ddx], params)],
  flops: ([, dy], _output, params) => poolFlops((dy as Tensor).size, params),
});
