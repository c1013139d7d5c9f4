import type { Tensor } from '../../tensor.js';
import { sub } from '../sub.js';
import { tanh } from '../tanh.js';

/** `x - tanh(x)`. */
export function tanhShrink(x: Tensor): Tensor {
  return sub(x, tanh(x));
}
