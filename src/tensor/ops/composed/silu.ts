import type { Tensor } from '../../tensor.js';
import { mul } from '../mul.js';
import { sigmoid } from '../sigmoid.js';

/** `x * sigmoid(x)`, also called swish. */
export function silu(x: Tensor): Tensor {
  return mul(x, sigmoid(x));
}
