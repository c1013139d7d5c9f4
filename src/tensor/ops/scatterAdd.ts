import { DTypeError, ShapeMismatchError } from '../errors.js';
import { sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';

export const scatterAddPrimitive = definePrimitive('scatterAdd', {
  infer: (inputs, { axis, size }) => {
    const [updates, indices] = inputs as readonly [Tensor, Tensor];
    if (indices.dtype !== 'int32') throw new DTypeError('scatterAdd', 'int32 indices', indices.dtype);
    if (!sameShape(updates.shape.slice(axis, axis + indices.rank), indices.shape)) {
      throw new ShapeMismatchError('scatterAdd', indices.shape, updates.shape);
    }
    const shape = [...updates.shape.slice(0, axis), size, ...updates.shape.slice(axis + indices.rank)];
    return { shape, dtype: updates.dtype };
  },
  gradient: ({ dy, inputs, params: { axis } }) => [apply('gather', [dy, inputs[1] as Tensor], { axis }), null],
  flops: ([updates]) => (updates as Tensor).size,
});

/**
 * Zeros with `updates` added at `indices` along `axis`, which has `size` elements in the result: the transpose of
 * `gather`. An index outside the axis is left out.
 * @throws {ShapeMismatchError | DTypeError}
 */
export function scatterAdd(updates: Tensor, indices: Tensor, options: { axis?: number; size: number }): Tensor {
  return apply('scatterAdd', [updates, indices], { axis: options.axis ?? 0, size: options.size });
}
