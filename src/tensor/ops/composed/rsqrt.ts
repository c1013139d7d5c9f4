import type { Tensor } from '../../tensor.js';
import { div } from '../div.js';
import { sqrt } from '../sqrt.js';

/** `1 / sqrt(x)`, element by element. */
export function rsqrt(x: Tensor): Tensor {
  return div(1, sqrt(x));
}
