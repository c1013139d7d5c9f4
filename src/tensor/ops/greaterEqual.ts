import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensors, comparisonSpec, type TensorLike } from './operands.js';

export const greaterEqualPrimitive = definePrimitive('greaterEqual', {
  infer: (inputs) => comparisonSpec('greaterEqual', inputs),
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `a >= b` as `bool`, element by element, broadcasting. */
export function greaterEqual(a: TensorLike, b: TensorLike): Tensor {
  return apply('greaterEqual', asTensors(a, b), null);
}
