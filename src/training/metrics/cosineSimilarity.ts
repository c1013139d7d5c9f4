import { type Config, checkNumberOption, type Tensor } from '../../tensor/index.js';
import { alignTargets } from '../losses/alignTargets.js';
import { cosineOf } from '../losses/cosineSimilarity.js';
import { MeanMetric } from './meanMetric.js';
import type { MetricOptions } from './metric.js';

/** Options of `CosineSimilarityMetric`. */
export interface CosineSimilarityMetricOptions extends MetricOptions {
  /** Axis of the vectors. @defaultValue `-1` */
  readonly axis?: number;
}

/** Mean cosine of the angle between target and prediction: 1 where they point the same way. Shape: `[n, k], [n, k]`. */
export class CosineSimilarityMetric extends MeanMetric {
  readonly className = 'CosineSimilarity';
  readonly direction = 'up';
  readonly #axis: number;

  constructor(options: CosineSimilarityMetricOptions = {}) {
    super(options.name ?? 'cosine_similarity');
    this.#axis = checkNumberOption(this.name, 'axis', options.axis ?? -1, { integer: true });
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    const [targets, predictions] = alignTargets(this.name, yTrue, yPred);
    return cosineOf(targets, predictions, this.#axis);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.#axis };
  }
}
