import type { Tensor } from '../../tensor.js';
import { mul } from '../mul.js';
import { tanh } from '../tanh.js';
import { softplus } from './softplus.js';

/** `x * tanh(log(1 + e^x))` (Misra, 2019). */
export function mish(x: Tensor): Tensor {
  return mul(x, tanh(softplus(x)));
}
