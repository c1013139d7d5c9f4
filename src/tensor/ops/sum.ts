import { checkAxes, reducedShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { checkNumber } from './operands.js';
import { expandReduced, type ReduceOptions } from './reduction.js';

export const sumPrimitive = definePrimitive('sum', {
  infer: (inputs, { axes, keepDims }) => {
    const [x] = inputs as readonly [Tensor];
    checkNumber('sum', x);
    return { shape: reducedShape(x.shape, axes, keepDims), dtype: x.dtype };
  },
  gradient: ({ dy, inputs, params }) => {
    const [x] = inputs as readonly [Tensor];
    return [apply('broadcastTo', [expandReduced(dy, x, params)], { shape: x.shape })];
  },
  flops: ([x]) => (x as Tensor).size,
});

/** Sum over `axes` (all of them by default). `bool` must be cast first. @throws {AxisError | DTypeError} */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return apply('sum', [x], { axes: checkAxes('sum', options.axes, x.rank), keepDims: options.keepDims ?? false });
}
