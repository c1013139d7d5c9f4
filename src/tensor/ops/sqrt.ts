import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, floatingSpec, type TensorLike } from './operands.js';

export const sqrtPrimitive = definePrimitive('sqrt', {
  infer: (inputs) => floatingSpec('sqrt', inputs),
  // d(sqrt x) = dx / (2 sqrt x)
  gradient: ({ dy, output }) => [apply('div', [dy, apply('add', [output, output], null)], null)],
  flops: elementwiseFlops,
});

/** Square root, element by element; NaN below 0. */
export function sqrt(x: TensorLike): Tensor {
  return apply('sqrt', [asTensor(x)], null);
}
