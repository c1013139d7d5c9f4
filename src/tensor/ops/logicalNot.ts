import { DTypeError } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';

export const logicalNotPrimitive = definePrimitive('logicalNot', {
  infer: (inputs) => {
    const [x] = inputs as readonly [Tensor];
    if (x.dtype !== 'bool') throw new DTypeError('logicalNot', 'bool', x.dtype);
    return x;
  },
  gradient: 'none',
  flops: elementwiseFlops,
});

/** `!x` of a `bool` tensor. */
export function logicalNot(x: Tensor): Tensor {
  return apply('logicalNot', [x], null);
}
