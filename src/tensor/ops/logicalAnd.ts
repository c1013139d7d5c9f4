import { DTypeError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { binarySpec } from './operands.js';

export const logicalAndPrimitive = definePrimitive('logicalAnd', {
  infer: (inputs) => {
    const spec = binarySpec('logicalAnd', inputs);
    if (spec.dtype !== 'bool') throw new DTypeError('logicalAnd', 'bool', spec.dtype);
    return spec;
  },
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `a && b` of two `bool` tensors, element by element, broadcasting. */
export function logicalAnd(a: Tensor, b: Tensor): Tensor {
  return apply('logicalAnd', [a, b], null);
}
