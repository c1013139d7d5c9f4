import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { div } from '../div.js';
import { sqrt } from '../sqrt.js';
import { square } from './square.js';

/** `(x + sqrt(x^2 + b)) / 2` (Barron, 2021). */
export function squareplus(x: Tensor, b = 4): Tensor {
  return div(add(x, sqrt(add(square(x), b))), 2);
}
