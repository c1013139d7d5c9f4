import type { Tensor } from '../../tensor.js';
import { greater } from '../greater.js';
import { mul } from '../mul.js';
import { where } from '../where.js';

/** `x` above 0, `negativeSlope * x` below. */
export function leakyRelu(x: Tensor, negativeSlope = 0.3): Tensor {
  return where(greater(x, 0), x, mul(x, negativeSlope));
}
