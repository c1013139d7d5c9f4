import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { erf } from '../erf.js';
import { mul } from '../mul.js';
import { tanh } from '../tanh.js';

/** Options of `gelu`. */
export interface GeluOptions {
  /** Use the tanh approximation of the paper instead of the error function. @defaultValue `false` */
  readonly approximate?: boolean;
}

/**
 * Gaussian error linear unit `x * P(N(0, 1) <= x) = x / 2 * (1 + erf(x / sqrt 2))`; approximately
 * `x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))` (Hendrycks and Gimpel, 2016).
 */
export function gelu(x: Tensor, options: GeluOptions = {}): Tensor {
  const bend = options.approximate
    ? tanh(mul(Math.sqrt(2 / Math.PI), add(x, mul(0.044715, mul(x, mul(x, x))))))
    : erf(mul(x, Math.SQRT1_2));
  return mul(mul(0.5, x), add(1, bend));
}
