import type { Tensor } from '../../tensor.js';
import { abs } from '../abs.js';
import { greater } from '../greater.js';
import { where } from '../where.js';

/** `x` where `|x| > threshold`, 0 elsewhere. */
export function hardShrink(x: Tensor, threshold = 0.5): Tensor {
  return where(greater(abs(x), threshold), x, 0);
}
