import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensors, comparisonSpec, type TensorLike } from './operands.js';

export const lessEqualPrimitive = definePrimitive('lessEqual', {
  infer: (inputs) => comparisonSpec('lessEqual', inputs),
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `a <= b` as `bool`, element by element, broadcasting. */
export function lessEqual(a: TensorLike, b: TensorLike): Tensor {
  return apply('lessEqual', asTensors(a, b), null);
}
