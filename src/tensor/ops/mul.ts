import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { arithmeticSpec, asTensors, type TensorLike, unbroadcast } from './operands.js';

export const mulPrimitive = definePrimitive('mul', {
  infer: (inputs) => arithmeticSpec('mul', inputs),
  gradient: ({ dy, inputs }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    return [unbroadcast(apply('mul', [dy, b], null), a), unbroadcast(apply('mul', [dy, a], null), b)];
  },
  flops: elementwiseFlops,
});

/** `a * b`, element by element, broadcasting. */
export function mul(a: TensorLike, b: TensorLike): Tensor {
  return apply('mul', asTensors(a, b), null);
}
