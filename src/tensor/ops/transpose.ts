import { ArgumentError, formatValue } from '../errors.js';
import { checkAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';

export const transposePrimitive = definePrimitive('transpose', {
  infer: ([x], { permutation }) => {
    const { shape, dtype } = x as Tensor;
    return { shape: permutation.map((axis) => shape[axis] as number), dtype };
  },
  gradient: ({ dy, params: { permutation } }) => {
    const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
    return [apply('transpose', [dy], { permutation: inverse })];
  },
  flops: noFlops,
});

/**
 * Axes in another order: axis `i` of the result is axis `permutation[i]` of `x`. Without one, the order is reversed.
 * @throws {AxisError | ArgumentError}
 */
export function transpose(x: Tensor, permutation?: readonly number[]): Tensor {
  const order =
    permutation?.map((axis) => checkAxis('transpose', axis, x.rank)) ?? x.shape.map((_, i) => x.rank - 1 - i);
  if (order.length !== x.rank || new Set(order).size !== x.rank) {
    throw new ArgumentError({
      operation: 'transpose',
      expected: `a permutation of ${x.rank} axes`,
      received: formatValue(permutation),
      remedy: 'Name every axis once.',
    });
  }
  return apply('transpose', [x], { permutation: order });
}
