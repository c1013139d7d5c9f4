import type { LossFunction } from '../losses/functionLoss.js';
import { MeanMetric } from './meanMetric.js';
import type { MetricOptions } from './metric.js';

/** The mean of what a function says of each entry, named after the function. */
export class FunctionMetric extends MeanMetric {
  readonly className = 'FunctionMetric';
  readonly direction = null;

  constructor(
    protected readonly scores: LossFunction,
    options: MetricOptions = {},
  ) {
    super(options.name ?? (scores.name === '' ? 'metric' : scores.name));
  }
}
