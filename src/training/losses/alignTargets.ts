import { cast, ShapeMismatchError, type Tensor } from '../../tensor/index.js';
import { toSameRank } from './sameRank.js';

/**
 * Targets and predictions of one rank and dtype; `[n]` and `[n, 1]` go together.
 * @throws {ShapeMismatchError} if they do not: broadcasting over whole axes is a mistake more often than not.
 */
export function alignTargets(operation: string, yTrue: Tensor, yPred: Tensor): readonly [Tensor, Tensor] {
  const [targets, predictions] = toSameRank(cast(yTrue, yPred.dtype), yPred);
  if (targets.rank === predictions.rank) return [targets, predictions];
  const remedy = 'Targets have the shape of the predictions; labels that are indices need a sparse loss or metric.';
  throw new ShapeMismatchError(operation, predictions.shape, targets.shape, remedy);
}
