import { cast, checkNumberOption, greater, less, oneHot, sum, type Tensor, where } from '../../tensor/index.js';
import type { MetricOptions } from './metric.js';

/** Options of the metrics that look at the first few predictions. */
export interface TopKOptions extends MetricOptions {
  /** How many of the largest predictions may be the right one; at least 1. @defaultValue `5` */
  readonly k?: number;
}

/** @throws {ArgumentError} unless `k` is a positive integer. */
export function checkK(operation: string, k: unknown): number {
  return checkNumberOption(operation, 'k', k, { min: 1, integer: true });
}

/**
 * Whether the prediction at each label is among the `k` largest of its row: fewer than `k` are larger. Ties are won.
 * Shape: labels `[n]`, `[n, k] -> [n]`.
 */
export function inTopK(labels: Tensor, yPred: Tensor, k: number): Tensor {
  const isLabel = cast(oneHot(labels, yPred.shape.at(-1) as number), 'bool');
  const score = sum(where(isLabel, yPred, 0), { axes: -1, keepDims: true });
  const larger = sum(cast(greater(yPred, score), 'float32'), { axes: -1 });
  return less(larger, k);
}
