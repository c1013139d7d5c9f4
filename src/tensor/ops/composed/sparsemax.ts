import { checkAxis } from '../../shape.js';
import { type Tensor, tensorFrom } from '../../tensor.js';
import { add } from '../add.js';
import { cast } from '../cast.js';
import { div } from '../div.js';
import { equal } from '../equal.js';
import { greater } from '../greater.js';
import { logicalAnd } from '../logicalAnd.js';
import { logicalOr } from '../logicalOr.js';
import { mul } from '../mul.js';
import { relu } from '../relu.js';
import { sub } from '../sub.js';
import { sum } from '../sum.js';
import { where } from '../where.js';
import { expandDims } from './expandDims.js';

/**
 * Sparsemax (Martins and Astudillo, 2016) as released Keras 3 computes it: with `c_i` the sum of the numbers that are not
 * smaller than `x_i` and `n_i` how many they are, the support are the `k` numbers with `1 + n_i x_i > c_i`, and the result
 * is `max(x - (sum of c over the support - 1) / k, 0)`. The paper takes the largest `c` of the support in place of their
 * sum; where the support is a single number, as for numbers at least 1 below the largest, both are the same and sum to 1.
 *
 * Numbers are ranked by comparing each with each, which takes memory for `size^2` numbers along the axis.
 * Shape: unchanged.
 * @throws {AxisError}
 */
export function sparsemax(x: Tensor, axis = -1): Tensor {
  const along = checkAxis('sparsemax', axis, x.rank);
  // Each number stands along `along`, those it is compared with along the axis after it.
  const [own, others] = [expandDims(x, along + 1), expandDims(x, along)];
  const first = logicalOr(greater(others, own), logicalAnd(equal(others, own), notAfter(x, along)));
  const overOthers = { axes: along + 1 };
  const counts = sum(cast(first, x.dtype), overOthers);
  const sums = sum(where(first, others, 0), overOthers);
  const supported = greater(add(mul(counts, x), 1), sums);
  const over = { axes: along, keepDims: true };
  const total = sum(where(supported, sums, 0), over);
  return relu(sub(x, div(sub(total, 1), sum(cast(supported, x.dtype), over))));
}

/** Among numbers that are equal, those that come first are taken to be larger. */
function notAfter(x: Tensor, axis: number): Tensor {
  const size = x.shape[axis] as number;
  const flags = Uint8Array.from({ length: size * size }, (_, i) => (i % size <= Math.floor(i / size) ? 1 : 0));
  const shape = [size, size, ...x.shape.slice(axis + 1).map(() => 1)];
  return tensorFrom(flags, shape, 'bool');
}
