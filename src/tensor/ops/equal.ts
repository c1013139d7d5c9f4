import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensors, comparisonSpec, type TensorLike } from './operands.js';

export const equalPrimitive = definePrimitive('equal', {
  infer: (inputs) => comparisonSpec('equal', inputs),
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `a === b` as `bool`, element by element, broadcasting. */
export function equal(a: TensorLike, b: TensorLike): Tensor {
  return apply('equal', asTensors(a, b), null);
}
