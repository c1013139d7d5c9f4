import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensors, comparisonSpec, type TensorLike } from './operands.js';

export const greaterPrimitive = definePrimitive('greater', {
  infer: (inputs) => comparisonSpec('greater', inputs),
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `a > b` as `bool`, element by element, broadcasting. */
export function greater(a: TensorLike, b: TensorLike): Tensor {
  return apply('greater', asTensors(a, b), null);
}
