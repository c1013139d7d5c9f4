import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { arithmeticSpec, asTensors, type TensorLike, unbroadcast } from './operands.js';

export const addPrimitive = definePrimitive('add', {
  infer: (inputs) => arithmeticSpec('add', inputs),
  gradient: ({ dy, inputs }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    return [unbroadcast(dy, a), unbroadcast(dy, b)];
  },
  flops: elementwiseFlops,
});

/** `a + b`, element by element, broadcasting. */
export function add(a: TensorLike, b: TensorLike): Tensor {
  return apply('add', asTensors(a, b), null);
}
