import { DTypeError, ShapeMismatchError } from '../errors.js';
import { sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { asTensors } from './operands.js';

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
  gradient: ({ dy, inputs, params: { axis, size } }) => {
    const [updates, indices] = inputs as readonly [Tensor, Tensor];
    const [, zero] = asTensors(dy, 0);
    const [, first] = asTensors(indices, 0);
    const [, end] = asTensors(indices, size);
    const above = apply('greaterEqual', [indices, first], null);
    const inside = apply('logicalAnd', [above, apply('less', [indices, end], null)], null);
    // The indices stand along the middle axes of the updates; where they are outside, gather reads NaN.
    const shape = [...indices.shape, ...updates.shape.slice(axis + indices.rank).map(() => 1)];
    const gathered = apply('gather', [dy, indices], { axis });
    return [apply('where', [apply('reshape', [inside], { shape }), gathered, zero], null), null];
  },
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
