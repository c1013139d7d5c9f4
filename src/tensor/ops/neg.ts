import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, checkNumber, type TensorLike } from './operands.js';

export const negPrimitive = definePrimitive('neg', {
  infer: (inputs) => {
    const [x] = inputs as readonly [Tensor];
    checkNumber('neg', x);
    return x;
  },
  gradient: ({ dy }) => [apply('neg', [dy], null)],
  flops: elementwiseFlops,
});

/** `-x`, element by element. */
export function neg(x: TensorLike): Tensor {
  return apply('neg', [asTensor(x)], null);
}
