import type { Tensor } from '../../tensor.js';
import { neg } from '../neg.js';
import { softplus } from './softplus.js';

/** `log(sigmoid(x)) = -softplus(-x)`. */
export function logSigmoid(x: Tensor): Tensor {
  return neg(softplus(neg(x)));
}
