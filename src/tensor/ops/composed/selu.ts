import type { Tensor } from '../../tensor.js';
import { mul } from '../mul.js';
import { elu } from './elu.js';

const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/** Scaled ELU with the constants that keep mean 0 and variance 1 (Klambauer et al., 2017). */
export function selu(x: Tensor): Tensor {
  return mul(scale, elu(x, alpha));
}
