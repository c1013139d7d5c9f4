import type { Tensor } from '../../tensor.js';
import { maximum } from '../maximum.js';
import { minimum } from '../minimum.js';

/** `x` held between `low` and `high`; the gradient outside is 0. */
export function clip(x: Tensor, low: number, high: number): Tensor {
  return minimum(maximum(x, low), high);
}
