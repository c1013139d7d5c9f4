import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensors, comparisonSpec, type TensorLike } from './operands.js';

export const lessPrimitive = definePrimitive('less', {
  infer: (inputs) => comparisonSpec('less', inputs),
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `a < b` as `bool`, element by element, broadcasting. */
export function less(a: TensorLike, b: TensorLike): Tensor {
  return apply('less', asTensors(a, b), null);
}
