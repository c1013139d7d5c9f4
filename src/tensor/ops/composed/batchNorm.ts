import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { mul } from '../mul.js';
import { sub } from '../sub.js';
import { rsqrt } from './rsqrt.js';

/** What `batchNorm` normalises with; all broadcast against `x`. */
export interface BatchNormParams {
  readonly mean: Tensor;
  readonly variance: Tensor;
  /** @defaultValue 1 */
  readonly gamma?: Tensor | null;
  /** @defaultValue 0 */
  readonly beta?: Tensor | null;
  /** Added to the variance. @defaultValue `1e-3` */
  readonly epsilon?: number;
}

/**
 * `gamma (x - mean) / sqrt(variance + epsilon) + beta`, computed as `x * scale + offset` as Keras does, so that scale
 * and offset, which do not depend on `x`, can be computed once.
 */
export function batchNorm(x: Tensor, params: BatchNormParams): Tensor {
  const { mean, variance, gamma, beta, epsilon = 1e-3 } = params;
  const inverse = rsqrt(add(variance, epsilon));
  const scale = gamma ? mul(inverse, gamma) : inverse;
  const shift = mul(mean, scale);
  return beta ? add(mul(x, scale), sub(beta, shift)) : sub(mul(x, scale), shift);
}
