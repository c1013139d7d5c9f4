import { checkNumberOption } from '../../options.js';
import type { Shape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { less } from '../less.js';
import { mul } from '../mul.js';
import type { RandomOptions } from '../randomness.js';
import { randomUniform } from '../randomUniform.js';
import { where } from '../where.js';

/** Options of `dropout`. */
export interface DropoutOptions extends Pick<RandomOptions, 'seed' | 'stream' | 'step'> {
  /** Fraction of elements to drop, in `[0, 1]`. */
  readonly rate: number;
  /** Shape of the mask; it broadcasts against `x`. @defaultValue the shape of `x` */
  readonly noiseShape?: Shape;
}

/**
 * Each element kept with probability `1 - rate` and divided by it, or replaced by 0 (Srivastava et al., 2014).
 * @throws {ArgumentError} if `rate` is outside `[0, 1]`.
 */
export function dropout(x: Tensor, options: DropoutOptions): Tensor {
  const { rate, noiseShape, ...random } = options;
  checkNumberOption('dropout', 'rate', rate, { min: 0, max: 1 });
  if (rate === 0) return x;
  if (rate === 1) return mul(x, 0);
  const kept = less(
    randomUniform(noiseShape ?? x.shape, { ...random, dtype: x.dtype === 'float64' ? 'float64' : 'float32' }),
    1 - rate,
  );
  return where(kept, mul(x, 1 / (1 - rate)), 0);
}
