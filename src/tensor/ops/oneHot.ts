import { type DType, floatx } from '../dtype.js';
import { ArgumentError, DTypeError, formatValue } from '../errors.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';

export const oneHotPrimitive = definePrimitive('oneHot', {
  infer: ([indices], { depth, dtype }) => {
    const { shape, dtype: received } = indices as Tensor;
    if (received !== 'int32') throw new DTypeError('oneHot', 'int32 indices', received);
    return { shape: [...shape, depth], dtype };
  },
  gradient: 'none',
  flops: noFlops,
});

/** 1 at the index, 0 elsewhere. Shape: `[...] -> [..., depth]`; an index outside gives zeros only. */
export function oneHot(indices: Tensor, depth: number, dtype: DType = floatx()): Tensor {
  if (!Number.isInteger(depth) || depth < 1) {
    throw new ArgumentError({
      operation: 'oneHot',
      expected: 'a positive integer depth',
      received: formatValue(depth),
      remedy: 'The depth is the number of classes.',
    });
  }
  return apply('oneHot', [indices], { depth, dtype });
}
