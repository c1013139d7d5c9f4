import { DTypeError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { binarySpec } from './operands.js';

export const logicalOrPrimitive = definePrimitive('logicalOr', {
  infer: (inputs) => {
    const spec = binarySpec('logicalOr', inputs);
    if (spec.dtype !== 'bool') throw new DTypeError('logicalOr', 'bool', spec.dtype);
    return spec;
  },
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `a || b` of two `bool` tensors, element by element, broadcasting. */
export function logicalOr(a: Tensor, b: Tensor): Tensor {
  return apply('logicalOr', [a, b], null);
}
