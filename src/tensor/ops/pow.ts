import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { arithmeticSpec, asTensors, type TensorLike, unbroadcast } from './operands.js';

export const powPrimitive = definePrimitive('pow', {
  infer: (inputs) => arithmeticSpec('pow', inputs),
  // d(a^b) = b a^(b-1) da + a^b log(a) db; the second term is 0 where a is not positive, as in TensorFlow
  gradient: ({ dy, inputs, output }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    const one = asTensors(b, 1)[1];
    const zero = asTensors(a, 0)[1];
    const slope = apply('mul', [b, apply('pow', [a, apply('sub', [b, one], null)], null)], null);
    const positive = apply('greater', [a, zero], null);
    const log = apply('where', [positive, apply('log', [apply('where', [positive, a, one], null)], null), zero], null);
    const db = apply('mul', [dy, apply('mul', [output, log], null)], null);
    return [unbroadcast(apply('mul', [dy, slope], null), a), unbroadcast(db, b)];
  },
  flops: elementwiseFlops,
});

/** `a ** b`, element by element, broadcasting. A negative base with a fractional exponent gives NaN. */
export function pow(a: TensorLike, b: TensorLike): Tensor {
  return apply('pow', asTensors(a, b), null);
}
