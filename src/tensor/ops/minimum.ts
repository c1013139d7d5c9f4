import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensors, binarySpec, type TensorLike, unbroadcast } from './operands.js';

export const minimumPrimitive = definePrimitive('minimum', {
  infer: (inputs) => binarySpec('minimum', inputs),
  gradient: ({ dy, inputs }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    const zero = asTensors(dy, 0)[1];
    const chosen = apply('lessEqual', [a, b], null);
    return [
      unbroadcast(apply('where', [chosen, dy, zero], null), a),
      unbroadcast(apply('where', [chosen, zero, dy], null), b),
    ];
  },
  flops: elementwiseFlops,
});

/** The smaller of `a` and `b`, element by element, broadcasting. At ties the gradient goes to `a`, as in TensorFlow. */
export function minimum(a: TensorLike, b: TensorLike): Tensor {
  return apply('minimum', asTensors(a, b), null);
}
