import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { greater } from '../greater.js';
import { less } from '../less.js';
import { sub } from '../sub.js';
import { where } from '../where.js';

/** `x` brought nearer to 0 by `threshold`, and 0 where it is nearer already. */
export function softShrink(x: Tensor, threshold = 0.5): Tensor {
  return where(greater(x, threshold), sub(x, threshold), where(less(x, -threshold), add(x, threshold), 0));
}
