import { argMax, equal, type Tensor } from '../../tensor/index.js';
import { sparseLabels } from '../losses/sparseLabels.js';
import { MeanMetric } from './meanMetric.js';
import type { MetricOptions } from './metric.js';

/** Fraction of rows whose largest prediction is at the index that the label says. Shape: `[n] or [n, 1], [n, k]`. */
export class SparseCategoricalAccuracy extends MeanMetric {
  readonly className = 'SparseCategoricalAccuracy';
  readonly direction = 'up';

  constructor(options: MetricOptions = {}) {
    super(options.name ?? 'sparse_categorical_accuracy');
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    return equal(sparseLabels(this.name, yTrue, yPred), argMax(yPred, -1));
  }
}
