import { checkAxes, sizeOf } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { div } from '../div.js';
import type { ReduceOptions } from '../reduction.js';
import { sum } from '../sum.js';

/** Arithmetic mean over `axes` (all of them by default). @throws {AxisError} */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  const count = sizeOf(checkAxes('mean', options.axes, x.rank).map((axis) => x.shape[axis] as number));
  return div(sum(x, options), count);
}
