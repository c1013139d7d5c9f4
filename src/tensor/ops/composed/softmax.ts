import { checkAxis } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { div } from '../div.js';
import { exp } from '../exp.js';
import { max } from '../max.js';
import { sub } from '../sub.js';
import { sum } from '../sum.js';

/**
 * Softmax along one axis: `exp(x - max) / sum(exp(x - max))`.
 * Shape: `[..., n] -> [..., n]`; sums to 1 along `axis`.
 * @throws {AxisError} if `axis` is outside `[-rank, rank)`.
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  const along = { axes: checkAxis('softmax', axis, x.rank), keepDims: true };
  const powers = exp(sub(x, max(x, along)));
  return div(powers, sum(powers, along));
}
