import type { Tensor } from '../../tensor.js';
import { mul } from '../mul.js';
import { hardSigmoid } from './hardSigmoid.js';

/** `x * hardSigmoid(x)`, also called hard swish (Howard et al., 2019). */
export function hardSilu(x: Tensor): Tensor {
  return mul(x, hardSigmoid(x));
}
