import { type Config, cast, checkNumberOption, equal, greater, type Tensor } from '../../tensor/index.js';
import { alignTargets } from '../losses/alignTargets.js';
import { MeanMetric } from './meanMetric.js';
import type { MetricOptions } from './metric.js';

/** Options of `BinaryAccuracy`. */
export interface BinaryAccuracyOptions extends MetricOptions {
  /** Predictions above this count as 1. For logits 0 is the place where both classes are equally likely. @defaultValue `0.5` */
  readonly threshold?: number;
}

/**
 * Fraction of entries whose prediction is on the right side of `threshold`; a prediction that equals it counts as 0.
 * Shape: `[n, k], [n, k]`.
 */
export class BinaryAccuracy extends MeanMetric {
  readonly className = 'BinaryAccuracy';
  readonly direction = 'up';
  readonly #threshold: number;

  constructor(options: BinaryAccuracyOptions = {}) {
    super(options.name ?? 'binary_accuracy');
    this.#threshold = checkNumberOption(this.name, 'threshold', options.threshold ?? 0.5);
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    const [labels, predictions] = alignTargets(this.name, yTrue, yPred);
    return equal(labels, cast(greater(predictions, this.#threshold), labels.dtype));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), threshold: this.#threshold };
  }
}
