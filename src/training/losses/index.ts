export { BinaryCrossentropy, type BinaryCrossentropyOptions } from './binaryCrossentropy.js';
export { BinaryFocalCrossentropy, type BinaryFocalCrossentropyOptions } from './binaryFocalCrossentropy.js';
export { CategoricalCrossentropy, type CategoricalCrossentropyOptions } from './categoricalCrossentropy.js';
export {
  CategoricalFocalCrossentropy,
  type CategoricalFocalCrossentropyOptions,
} from './categoricalFocalCrossentropy.js';
export { CategoricalHinge } from './categoricalHinge.js';
export { CosineSimilarity, type CosineSimilarityOptions } from './cosineSimilarity.js';
export { Dice, type DiceOptions } from './dice.js';
export * as losses from './factories.js';
export { FunctionLoss, type LossFunction } from './functionLoss.js';
export { Hinge } from './hinge.js';
export { Huber, type HuberOptions } from './huber.js';
export { KLDivergence } from './klDivergence.js';
export { LogCosh } from './logCosh.js';
export { Loss, type LossOptions } from './loss.js';
export { MeanAbsoluteError } from './meanAbsoluteError.js';
export { MeanAbsolutePercentageError } from './meanAbsolutePercentageError.js';
export { MeanSquaredError } from './meanSquaredError.js';
export { MeanSquaredLogarithmicError } from './meanSquaredLogarithmicError.js';
export { Poisson } from './poisson.js';
export type { Reduction } from './reduction.js';
export { getLoss, type LossLike, lossClasses } from './registry.js';
export {
  SparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
} from './sparseCategoricalCrossentropy.js';
export { SquaredHinge } from './squaredHinge.js';
export { Tversky, type TverskyOptions } from './tversky.js';
