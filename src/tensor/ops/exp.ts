import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, floatingSpec, type TensorLike } from './operands.js';

export const expPrimitive = definePrimitive('exp', {
  infer: (inputs) => floatingSpec('exp', inputs),
  gradient: ({ dy, output }) => [apply('mul', [dy, output], null)],
  flops: elementwiseFlops,
});

/** `e ** x`, element by element. */
export function exp(x: TensorLike): Tensor {
  return apply('exp', [asTensor(x)], null);
}
