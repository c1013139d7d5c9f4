import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensors, comparisonSpec, type TensorLike } from './operands.js';

export const notEqualPrimitive = definePrimitive('notEqual', {
  infer: (inputs) => comparisonSpec('notEqual', inputs),
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `a !== b` as `bool`, element by element, broadcasting. */
export function notEqual(a: TensorLike, b: TensorLike): Tensor {
  return apply('notEqual', asTensors(a, b), null);
}
