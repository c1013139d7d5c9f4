import { ArgumentError, type ClassDescription, type Config, formatValue, readDescription } from '../../tensor/index.js';
import { BinaryCrossentropy } from './binaryCrossentropy.js';
import { BinaryFocalCrossentropy } from './binaryFocalCrossentropy.js';
import { CategoricalCrossentropy } from './categoricalCrossentropy.js';
import { CategoricalFocalCrossentropy } from './categoricalFocalCrossentropy.js';
import { CategoricalHinge } from './categoricalHinge.js';
import { CosineSimilarity } from './cosineSimilarity.js';
import { Dice } from './dice.js';
import { FunctionLoss, type LossFunction } from './functionLoss.js';
import { Hinge } from './hinge.js';
import { Huber } from './huber.js';
import { KLDivergence } from './klDivergence.js';
import { LogCosh } from './logCosh.js';
import { Loss } from './loss.js';
import { MeanAbsoluteError } from './meanAbsoluteError.js';
import { MeanAbsolutePercentageError } from './meanAbsolutePercentageError.js';
import { MeanSquaredError } from './meanSquaredError.js';
import { MeanSquaredLogarithmicError } from './meanSquaredLogarithmicError.js';
import { NameTable } from './nameTable.js';
import { Poisson } from './poisson.js';
import { SparseCategoricalCrossentropy } from './sparseCategoricalCrossentropy.js';
import { SquaredHinge } from './squaredHinge.js';
import { Tversky } from './tversky.js';

/** The losses by their names. Each checks the options it is given. */
export const lossClasses = new NameTable<new (config: Config) => Loss>([
  ['BinaryCrossentropy', BinaryCrossentropy, 'bce'],
  ['BinaryFocalCrossentropy', BinaryFocalCrossentropy],
  ['CategoricalCrossentropy', CategoricalCrossentropy],
  ['CategoricalFocalCrossentropy', CategoricalFocalCrossentropy],
  ['SparseCategoricalCrossentropy', SparseCategoricalCrossentropy],
  ['MeanSquaredError', MeanSquaredError, 'mse'],
  ['MeanAbsoluteError', MeanAbsoluteError, 'mae'],
  ['MeanAbsolutePercentageError', MeanAbsolutePercentageError, 'mape'],
  ['MeanSquaredLogarithmicError', MeanSquaredLogarithmicError, 'msle'],
  ['Huber', Huber, 'huber_loss'],
  ['LogCosh', LogCosh],
  ['Hinge', Hinge],
  ['SquaredHinge', SquaredHinge],
  ['CategoricalHinge', CategoricalHinge],
  ['KLDivergence', KLDivergence, 'kld', 'kullback_leibler_divergence'],
  ['Poisson', Poisson],
  ['CosineSimilarity', CosineSimilarity],
  ['Dice', Dice],
  ['Tversky', Tversky],
]);

/** What stands for a loss: itself, a name, what files say about it, or a function. */
export type LossLike = Loss | LossFunction | string | ClassDescription;

/**
 * The loss meant by `identifier`, as in `'mse'`, `'binary_crossentropy'`, `'BinaryCrossentropy'` or
 * `{ className: 'Huber', config: { delta: 2 } }`.
 * @throws {ArgumentError} if there is no such loss, or if an option is outside its range.
 */
export function getLoss(identifier: LossLike): Loss {
  if (identifier instanceof Loss) return identifier;
  if (typeof identifier === 'function') return new FunctionLoss(identifier);
  const description = readDescription(identifier);
  const LossClass = description === null ? undefined : lossClasses.find(description.className);
  if (description !== null && LossClass !== undefined) return new LossClass(description.config);
  throw new ArgumentError({
    operation: 'getLoss',
    expected: `a loss, a function, or one of ${lossClasses.classNames.join(', ')}`,
    received: formatValue(description?.className ?? identifier),
    remedy: 'Make one with losses.meanSquaredError(…) and the like.',
  });
}
