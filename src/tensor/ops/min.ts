import { checkAxes } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { extremumGradient, extremumSpec } from './extremum.js';
import type { ReduceOptions } from './reduction.js';

export const minPrimitive = definePrimitive('min', {
  infer: (inputs, params) => extremumSpec('min', inputs, params),
  gradient: extremumGradient,
  flops: ([x]) => (x as Tensor).size,
});

/** Smallest element over `axes` (all of them by default). @throws {AxisError | ShapeError} */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return apply('min', [x], { axes: checkAxes('min', options.axes, x.rank), keepDims: options.keepDims ?? false });
}
