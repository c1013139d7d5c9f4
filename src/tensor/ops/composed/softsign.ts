import type { Tensor } from '../../tensor.js';
import { abs } from '../abs.js';
import { add } from '../add.js';
import { div } from '../div.js';

/** `x / (1 + |x|)`. */
export function softsign(x: Tensor): Tensor {
  return div(x, add(abs(x), 1));
}
