import { checkNumberOption, reshape, type Tensor } from '../../tensor/index.js';
import type { MetricOptions } from './metric.js';

/** Options of the metrics that count at thresholds. */
export interface ThresholdOptions extends MetricOptions {
  /** Predictions above one of these, in `[0, 1]`, count as found at it. @defaultValue `0.5` */
  readonly thresholds?: number | readonly number[] | null;
}

/** @throws {ArgumentError} unless `value` is a number in `[0, 1]`, a list of such, or nothing. */
export function checkThresholds(operation: string, value: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value ?? 0.5];
  return list.map((threshold) => checkNumberOption(operation, 'thresholds', threshold, { min: 0, max: 1 }));
}

/** A result for each threshold; for a single one, a scalar. */
export function perThreshold(result: Tensor): Tensor {
  return result.size === 1 ? reshape(result, []) : result;
}
