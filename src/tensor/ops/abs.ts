import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, asTensors, type TensorLike } from './operands.js';

export const absPrimitive = definePrimitive('abs', {
  infer: (inputs) => inputs[0] as Tensor,
  // d|x| = sign(x) dx, with sign(0) = 0
  gradient: ({ dy, inputs }) => {
    const [x, zero] = asTensors(inputs[0] as Tensor, 0);
    const below = apply('where', [apply('less', [x, zero], null), apply('neg', [dy], null), zero], null);
    return [apply('where', [apply('greater', [x, zero], null), dy, below], null)];
  },
  flops: elementwiseFlops,
});

/** `|x|`, element by element; the gradient at 0 is 0. */
export function abs(x: TensorLike): Tensor {
  return apply('abs', [asTensor(x)], null);
}
