import type { Tensor } from '../../tensor.js';
import { apply } from '../define.js';

/** `min(max(x, 0), 6)`; the gradient at 0 and at 6 is 0. */
export function relu6(x: Tensor): Tensor {
  return apply('relu', [x], { maximum: 6 });
}
