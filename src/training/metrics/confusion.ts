import {
  broadcastTo,
  cast,
  greater,
  logicalAnd,
  logicalNot,
  notEqual,
  reshape,
  sum,
  type Tensor,
  tensor,
  where,
} from '../../tensor/index.js';
import { alignTargets } from '../losses/alignTargets.js';

/** Something for each of the four cases. */
export interface PerCase<T> {
  readonly truePositives: T;
  readonly falsePositives: T;
  readonly trueNegatives: T;
  readonly falseNegatives: T;
}

/** How many entries fall into each of the four cases, at each threshold. Shape: `[thresholds]`. */
export type ConfusionCounts = PerCase<Tensor>;

/** Makes something for each case, in the order of Keras. */
export function perCase<T>(make: (name: keyof PerCase<T>) => T): PerCase<T> {
  return {
    truePositives: make('truePositives'),
    falsePositives: make('falsePositives'),
    trueNegatives: make('trueNegatives'),
    falseNegatives: make('falseNegatives'),
  };
}

/** What Keras calls the variables of the cases. */
export const caseNames: PerCase<string> = {
  truePositives: 'true_positives',
  falsePositives: 'false_positives',
  trueNegatives: 'true_negatives',
  falseNegatives: 'false_negatives',
};

/**
 * Counts entries by whether their label is not 0, and whether their prediction is above a threshold.
 * Shape: `[n, …], [n, …] -> [thresholds]`; weights have the first axes of the predictions.
 * @throws {ShapeMismatchError} if the tensors do not go together.
 */
export function confusionCounts(
  operation: string,
  yTrue: Tensor,
  yPred: Tensor,
  thresholds: readonly number[],
  sampleWeight: Tensor | null,
): ConfusionCounts {
  const [labels, predictions] = alignTargets(operation, yTrue, cast(yPred, 'float32'));
  const limits = tensor([...thresholds], { shape: [thresholds.length, 1], dtype: 'float32' });
  const found = greater(reshape(predictions, [1, predictions.size]), limits);
  const there = reshape(notEqual(broadcastTo(labels, predictions.shape), 0), [1, predictions.size]);
  const weights = sampleWeight === null ? 1 : reshape(weightsOf(sampleWeight, predictions), [1, predictions.size]);
  const count = (isCounted: Tensor) => sum(where(isCounted, weights, tensor(0, { dtype: 'float32' })), { axes: 1 });
  return {
    truePositives: count(logicalAnd(there, found)),
    falsePositives: count(logicalAnd(logicalNot(there), found)),
    trueNegatives: count(logicalAnd(logicalNot(there), logicalNot(found))),
    falseNegatives: count(logicalAnd(there, logicalNot(found))),
  };
}

/** A weight for each prediction; weights have the first axes of the predictions. */
export function weightsOf(sampleWeight: Tensor, predictions: Tensor): Tensor {
  const missing = Math.max(predictions.rank - sampleWeight.rank, 0);
  const shape = [...sampleWeight.shape, ...new Array<number>(missing).fill(1)];
  return broadcastTo(reshape(cast(sampleWeight, 'float32'), shape), predictions.shape);
}
