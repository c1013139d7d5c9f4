import { checkNumberOption, type ClassConfig } from '../../optim/index.js';
import { cast, type Tensor } from '../../tensor/index.js';
import { cosineOf } from '../losses/cosineSimilarity.js';
import { toSameRank } from '../losses/sameRank.js';
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
    const [targets, predictions] = toSameRank(cast(yTrue, yPred.dtype), yPred);
    return cosineOf(targets, predictions, this.#axis);
  }

  override getConfig(): ClassConfig {
    return { ...super.getConfig(), axis: this.#axis };
  }
}
