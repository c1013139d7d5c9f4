import type { Tensor } from '../../tensor.js';
import { exp } from '../exp.js';
import { greater } from '../greater.js';
import { minimum } from '../minimum.js';
import { mul } from '../mul.js';
import { sub } from '../sub.js';
import { where } from '../where.js';

/** `x` above 0, `alpha * (e^x - 1)` below (Clevert et al., 2016). */
export function elu(x: Tensor, alpha = 1): Tensor {
  // The minimum keeps e^x finite where it is not used, so that no 0 * Infinity reaches the gradient.
  return where(greater(x, 0), x, mul(alpha, sub(exp(minimum(x, 0)), 1)));
}
