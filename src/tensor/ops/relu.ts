import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, asTensors, floatingSpec, type TensorLike } from './operands.js';

export const reluPrimitive = definePrimitive('relu', {
  infer: (inputs) => floatingSpec('relu', inputs),
  gradient: ({ dy, output }) => {
    const zero = asTensors(dy, 0)[1];
    return [apply('where', [apply('greater', [output, zero], null), dy, zero], null)];
  },
  flops: elementwiseFlops,
});

/** `max(x, 0)`, element by element; the gradient at 0 is 0. */
export function relu(x: TensorLike): Tensor {
  return apply('relu', [asTensor(x)], null);
}
