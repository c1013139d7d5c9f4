import type { Config, Tensor } from '../../tensor/index.js';
import { MeanMetric } from './meanMetric.js';
import { oneHotLabels } from './oneHotLabels.js';
import { checkK, inTopK, type TopKOptions } from './topK.js';

/** Fraction of one-hot rows whose class is among the `k` largest predictions. Shape: `[n, classes], [n, classes]`. */
export class TopKCategoricalAccuracy extends MeanMetric {
  readonly className = 'TopKCategoricalAccuracy';
  readonly direction = 'up';
  readonly #k: number;

  constructor(options: TopKOptions = {}) {
    super(options.name ?? 'top_k_categorical_accuracy');
    this.#k = checkK(this.name, options.k ?? 5);
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    return inTopK(oneHotLabels(this.name, yTrue, yPred), yPred, this.#k);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), k: this.#k };
  }
}
