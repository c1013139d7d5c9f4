import type { Tensor } from '../../tensor.js';
import { div } from '../div.js';
import { exp } from '../exp.js';
import { greater } from '../greater.js';
import { minimum } from '../minimum.js';
import { mul } from '../mul.js';
import { sub } from '../sub.js';
import { where } from '../where.js';

/** `x` above 0, `alpha * (e^(x / alpha) - 1)` below: an ELU whose slope is 1 at 0 for any `alpha` (Barron, 2017). */
export function celu(x: Tensor, alpha = 1): Tensor {
  // The minimum keeps e^x finite where it is not used, so that no 0 * Infinity reaches the gradient.
  return where(greater(x, 0), x, mul(alpha, sub(exp(div(minimum(x, 0), alpha)), 1)));
}
