import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, floatingSpec, type TensorLike } from './operands.js';

export const logPrimitive = definePrimitive('log', {
  infer: (inputs) => floatingSpec('log', inputs),
  // d(log x) = dx / x
  gradient: ({ dy, inputs }) => [apply('div', [dy, inputs[0] as Tensor], null)],
  flops: elementwiseFlops,
});

/** Natural logarithm, element by element; NaN below 0. */
export function log(x: TensorLike): Tensor {
  return apply('log', [asTensor(x)], null);
}
