import { formatShape, ShapeError } from '../errors.js';
import { checkAxes, reducedShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { asTensors } from './operands.js';
import { expandReduced, type ReduceOptions } from './reduction.js';

export const minPrimitive = definePrimitive('min', {
  infer: ([x], { axes, keepDims }) => {
    const { shape, dtype } = x as Tensor;
    if (sizeOf(axes.map((axis) => shape[axis] as number)) === 0) {
      throw new ShapeError({
        operation: 'min',
        expected: 'at least one element to reduce',
        received: formatShape(shape),
        remedy: 'An empty tensor has no smallest element.',
      });
    }
    return { shape: reducedShape(shape, axes, keepDims), dtype };
  },
  // Elements that tie share the gradient evenly, as in TensorFlow.
  gradient: ({ dy, inputs, output, params }) => {
    const [x] = inputs as readonly [Tensor];
    const [spread, zero] = asTensors(expandReduced(dy, x, params), 0);
    const chosen = apply('equal', [x, expandReduced(output, x, params)], null);
    const count = apply('sum', [apply('cast', [chosen], { dtype: x.dtype })], { axes: params.axes, keepDims: true });
    return [apply('where', [chosen, apply('div', [spread, count], null), zero], null)];
  },
  flops: ([x]) => (x as Tensor).size,
});

/** Smallest element over `axes` (all of them by default). @throws {AxisError | ShapeError} */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return apply('min', [x], { axes: checkAxes('min', options.axes, x.rank), keepDims: options.keepDims ?? false });
}
