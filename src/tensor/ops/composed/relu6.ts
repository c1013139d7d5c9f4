import type { Tensor } from '../../tensor.js';
import { minimum } from '../minimum.js';
import { relu } from '../relu.js';

/** `min(max(x, 0), 6)`. */
export function relu6(x: Tensor): Tensor {
  return minimum(relu(x), 6);
}
