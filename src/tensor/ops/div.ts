import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { arithmeticSpec, asTensors, type TensorLike, unbroadcast } from './operands.js';

export const divPrimitive = definePrimitive('div', {
  infer: (inputs) => arithmeticSpec('div', inputs),
  // d(a / b) = da / b - (a / b) db / b
  gradient: ({ dy, inputs, output }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    const da = apply('div', [dy, b], null);
    return [unbroadcast(da, a), unbroadcast(apply('neg', [apply('mul', [da, output], null)], null), b)];
  },
  flops: elementwiseFlops,
});

/** `a / b`, element by element, broadcasting; integers are divided towards zero. */
export function div(a: TensorLike, b: TensorLike): Tensor {
  return apply('div', asTensors(a, b), null);
}
