import { sqrt, square, sub, type Tensor } from '../../tensor/index.js';
import { alignTargets } from '../losses/alignTargets.js';
import { MeanMetric } from './meanMetric.js';
import type { MetricOptions } from './metric.js';

/** Root of the mean of `(y - p)^2` over all entries. Shape: `[n, …], [n, …]`. */
export class RootMeanSquaredError extends MeanMetric {
  readonly className = 'RootMeanSquaredError';
  readonly direction = 'down';

  constructor(options: MetricOptions = {}) {
    super(options.name ?? 'root_mean_squared_error');
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    const [targets, predictions] = alignTargets(this.name, yTrue, yPred);
    return square(sub(predictions, targets));
  }

  override result(): Tensor {
    return sqrt(super.result());
  }
}
