import { formatShape, ShapeError } from '../errors.js';
import { checkAxis, reducedShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';

export const argMaxPrimitive = definePrimitive('argMax', {
  infer: ([x], { axis }) => {
    const { shape } = x as Tensor;
    if (shape[axis] === 0) {
      throw new ShapeError({
        operation: 'argMax',
        expected: 'at least one element along the axis',
        received: formatShape(shape),
        remedy: 'An empty axis has no largest element.',
      });
    }
    return { shape: reducedShape(shape, [axis], false), dtype: 'int32' };
  },
  gradient: 'none',
  flops: ([x]) => (x as Tensor).size,
});

/** Position of the largest element along `axis`, the first of them at ties; `int32`. @throws {AxisError | ShapeError} */
export function argMax(x: Tensor, axis = -1): Tensor {
  return apply('argMax', [x], { axis: checkAxis('argMax', axis, x.rank) });
}
