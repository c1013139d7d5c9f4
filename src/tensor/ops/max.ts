import { checkAxes } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { extremumGradient, extremumSpec } from './extremum.js';
import type { ReduceOptions } from './reduction.js';

export const maxPrimitive = definePrimitive('max', {
  infer: (inputs, params) => extremumSpec('max', inputs, params),
  gradient: extremumGradient,
  flops: ([x]) => (x as Tensor).size,
});

/** Largest element over `axes` (all of them by default). @throws {AxisError | ShapeError} */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return apply('max', [x], { axes: checkAxes('max', options.axes, x.rank), keepDims: options.keepDims ?? false });
}
