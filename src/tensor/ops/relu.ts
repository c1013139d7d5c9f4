import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, floatingSpec, type TensorLike } from './operands.js';

export const reluPrimitive = definePrimitive('relu', {
  infer: (inputs) => floatingSpec('relu', inputs),
  // What comes out says as much as what goes in, and is needed by the next layer anyway.
  gradient: ({ dy, output, params }) => [apply('reluGradient', [dy, output], params)],
  flops: elementwiseFlops,
});

/** `max(x, 0)`, element by element; the gradient at 0 is 0. */
export function relu(x: TensorLike): Tensor {
  return apply('relu', [asTensor(x)], { maximum: Number.POSITIVE_INFINITY });
}
