import { DTypeError } from '../errors.js';
import { checkAxis } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';

export const gatherPrimitive = definePrimitive('gather', {
  infer: (inputs, { axis }) => {
    const [x, indices] = inputs as readonly [Tensor, Tensor];
    if (indices.dtype !== 'int32') throw new DTypeError('gather', 'int32 indices', indices.dtype);
    return { shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)], dtype: x.dtype };
  },
  gradient: ({ dy, inputs, params: { axis } }) => {
    const [x, indices] = inputs as readonly [Tensor, Tensor];
    return [apply('scatterAdd', [dy, indices], { axis, size: x.shape[axis] as number }), null];
  },
  flops: noFlops,
});

/**
 * Elements of `x` at `indices` (int32) along `axis`: the axis is replaced by the axes of `indices`. An index outside the
 * axis reads NaN (0 for integers).
 * @throws {AxisError | DTypeError}
 */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  return apply('gather', [x, indices], { axis: checkAxis('gather', axis, x.rank) });
}
