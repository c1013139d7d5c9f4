import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { arithmeticSpec, asTensors, type TensorLike, unbroadcast } from './operands.js';

export const subPrimitive = definePrimitive('sub', {
  infer: (inputs) => arithmeticSpec('sub', inputs),
  gradient: ({ dy, inputs }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    return [unbroadcast(dy, a), unbroadcast(apply('neg', [dy], null), b)];
  },
  flops: elementwiseFlops,
});

/** `a - b`, element by element, broadcasting. */
export function sub(a: TensorLike, b: TensorLike): Tensor {
  return apply('sub', asTensors(a, b), null);
}
