import { argMax, equal, type Tensor } from '../../tensor/index.js';
import { MeanMetric } from './meanMetric.js';
import type { MetricOptions } from './metric.js';
import { oneHotLabels } from './oneHotLabels.js';

/** Fraction of rows whose largest prediction is at the place of their largest label. Shape: `[n, k], [n, k]`. */
export class CategoricalAccuracy extends MeanMetric {
  readonly className = 'CategoricalAccuracy';
  readonly direction = 'up';

  constructor(options: MetricOptions = {}) {
    super(options.name ?? 'categorical_accuracy');
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    return equal(oneHotLabels(this.name, yTrue, yPred), argMax(yPred, -1));
  }
}
