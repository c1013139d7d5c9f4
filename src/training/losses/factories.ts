import { BinaryCrossentropy, type BinaryCrossentropyOptions } from './binaryCrossentropy.js';
import { BinaryFocalCrossentropy, type BinaryFocalCrossentropyOptions } from './binaryFocalCrossentropy.js';
import { CategoricalCrossentropy, type CategoricalCrossentropyOptions } from './categoricalCrossentropy.js';
import {
  CategoricalFocalCrossentropy,
  type CategoricalFocalCrossentropyOptions,
} from './categoricalFocalCrossentropy.js';
import { CategoricalHinge } from './categoricalHinge.js';
import { CosineSimilarity, type CosineSimilarityOptions } from './cosineSimilarity.js';
import { Dice, type DiceOptions } from './dice.js';
import { Hinge } from './hinge.js';
import { Huber, type HuberOptions } from './huber.js';
import { KLDivergence } from './klDivergence.js';
import { LogCosh } from './logCosh.js';
import type { LossOptions } from './loss.js';
import { MeanAbsoluteError } from './meanAbsoluteError.js';
import { MeanAbsolutePercentageError } from './meanAbsolutePercentageError.js';
import { MeanSquaredError } from './meanSquaredError.js';
import { MeanSquaredLogarithmicError } from './meanSquaredLogarithmicError.js';
import { Poisson } from './poisson.js';
import {
  SparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
} from './sparseCategoricalCrossentropy.js';
import { SquaredHinge } from './squaredHinge.js';
import { Tversky, type TverskyOptions } from './tversky.js';

// Each makes a loss with Keras's defaults; what it computes is said at its class.

export function binaryCrossentropy(options?: BinaryCrossentropyOptions): BinaryCrossentropy {
  return new BinaryCrossentropy(options);
}

export function binaryFocalCrossentropy(options?: BinaryFocalCrossentropyOptions): BinaryFocalCrossentropy {
  return new BinaryFocalCrossentropy(options);
}

export function categoricalCrossentropy(options?: CategoricalCrossentropyOptions): CategoricalCrossentropy {
  return new CategoricalCrossentropy(options);
}

export function categoricalFocalCrossentropy(
  options?: CategoricalFocalCrossentropyOptions,
): CategoricalFocalCrossentropy {
  return new CategoricalFocalCrossentropy(options);
}

export function sparseCategoricalCrossentropy(
  options?: SparseCategoricalCrossentropyOptions,
): SparseCategoricalCrossentropy {
  return new SparseCategoricalCrossentropy(options);
}

export function meanSquaredError(options?: LossOptions): MeanSquaredError {
  return new MeanSquaredError(options);
}

export function meanAbsoluteError(options?: LossOptions): MeanAbsoluteError {
  return new MeanAbsoluteError(options);
}

export function meanAbsolutePercentageError(options?: LossOptions): MeanAbsolutePercentageError {
  return new MeanAbsolutePercentageError(options);
}

export function meanSquaredLogarithmicError(options?: LossOptions): MeanSquaredLogarithmicError {
  return new MeanSquaredLogarithmicError(options);
}

export function huber(options?: HuberOptions): Huber {
  return new Huber(options);
}

export function logCosh(options?: LossOptions): LogCosh {
  return new LogCosh(options);
}

export function hinge(options?: LossOptions): Hinge {
  return new Hinge(options);
}

export function squaredHinge(options?: LossOptions): SquaredHinge {
  return new SquaredHinge(options);
}

export function categoricalHinge(options?: LossOptions): CategoricalHinge {
  return new CategoricalHinge(options);
}

export function klDivergence(options?: LossOptions): KLDivergence {
  return new KLDivergence(options);
}

export function poisson(options?: LossOptions): Poisson {
  return new Poisson(options);
}

export function cosineSimilarity(options?: CosineSimilarityOptions): CosineSimilarity {
  return new CosineSimilarity(options);
}

export function dice(options?: DiceOptions): Dice {
  return new Dice(options);
}

export function tversky(options?: TverskyOptions): Tversky {
  return new Tversky(options);
}
