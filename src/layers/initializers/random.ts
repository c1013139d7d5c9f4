import {
  add,
  checkNumberOption,
  drawSeed,
  erfInv,
  type FloatDType,
  mul,
  randomNormal as normalNumbers,
  type Seed,
  type Shape,
  sub,
  type Tensor,
  randomUniform as uniformNumbers,
} from '../../tensor/index.js';
import { checkSeed } from '../options.js';
import { defineInitializer, floatingOnly, type Initializer } from './initializer.js';

/** Option of every random initialiser. */
export interface SeedConfig {
  /** An integer fixes the numbers. @defaultValue `null`: a fresh stream of the program's seed for every weight */
  readonly seed?: number | null;
}

/** Options of `randomUniform`. */
export interface RandomUniformConfig extends SeedConfig {
  /** @defaultValue `-0.05` */
  readonly minval?: number;
  /** @defaultValue `0.05` */
  readonly maxval?: number;
}

/** Options of `randomNormal` and `truncatedNormal`. */
export interface RandomNormalConfig extends SeedConfig {
  /** @defaultValue `0` */
  readonly mean?: number;
  /** @defaultValue `0.05` */
  readonly stddev?: number;
}

/** Numbers uniform in `[minval, maxval)`. @throws {ArgumentError} */
export function randomUniform(config: RandomUniformConfig = {}): Initializer {
  const minval = checkNumberOption('RandomUniform', 'minval', config.minval ?? -0.05);
  const maxval = checkNumberOption('RandomUniform', 'maxval', config.maxval ?? 0.05);
  const seed = checkSeed('RandomUniform', config.seed);
  return defineInitializer('RandomUniform', { minval, maxval, seed }, (shape, dtype) =>
    uniform(shape, floatingOnly('RandomUniform', dtype), drawSeed(seed), minval, maxval),
  );
}

/** Normal numbers. @throws {ArgumentError} */
export function randomNormal(config: RandomNormalConfig = {}): Initializer {
  const { mean, stddev, seed } = checkNormal('RandomNormal', config);
  return defineInitializer('RandomNormal', { mean, stddev, seed }, (shape, dtype) =>
    normal(shape, floatingOnly('RandomNormal', dtype), drawSeed(seed), mean, stddev),
  );
}

/** Normal numbers, those farther than two `stddev` from the mean drawn again. @throws {ArgumentError} */
export function truncatedNormal(config: RandomNormalConfig = {}): Initializer {
  const { mean, stddev, seed } = checkNormal('TruncatedNormal', config);
  return defineInitializer('TruncatedNormal', { mean, stddev, seed }, (shape, dtype) =>
    truncated(shape, floatingOnly('TruncatedNormal', dtype), drawSeed(seed), mean, stddev),
  );
}

export function uniform(shape: Shape, dtype: FloatDType, seed: Seed, low: number, high: number): Tensor {
  return add(mul(uniformNumbers(shape, { ...seed, dtype }), high - low), low);
}

export function normal(shape: Shape, dtype: FloatDType, seed: Seed, mean: number, stddev: number): Tensor {
  return add(mul(normalNumbers(shape, { ...seed, dtype }), stddev), mean);
}

/** Probability that a standard normal number lies in `(-2, 2)`: `erf(sqrt 2)`. */
const inside = 0.9544997361036416;

/**
 * By inversion instead of drawing again: with `u` uniform in `[-inside, inside)`, `sqrt(2) erfInv(u)` has the
 * distribution of a standard normal number that is known to lie between -2 and 2.
 */
export function truncated(shape: Shape, dtype: FloatDType, seed: Seed, mean: number, stddev: number): Tensor {
  const u = mul(sub(mul(uniformNumbers(shape, { ...seed, dtype }), 2), 1), inside);
  return add(mul(erfInv(u), Math.SQRT2 * stddev), mean);
}

function checkNormal(className: string, config: RandomNormalConfig): Required<RandomNormalConfig> {
  return {
    mean: checkNumberOption(className, 'mean', config.mean ?? 0),
    stddev: checkNumberOption(className, 'stddev', config.stddev ?? 0.05, { min: 0 }),
    seed: checkSeed(className, config.seed),
  };
}
