import type { Config, Tensor } from '../../tensor/index.js';
import { sparseLabels } from '../losses/sparseLabels.js';
import { MeanMetric } from './meanMetric.js';
import { checkK, inTopK, type TopKOptions } from './topK.js';

/** Fraction of rows whose label, the index of a class, is among the `k` largest predictions. Shape: `[n] or [n, 1], [n, classes]`. */
export class SparseTopKCategoricalAccuracy extends MeanMetric {
  readonly className = 'SparseTopKCategoricalAccuracy';
  readonly direction = 'up';
  readonly #k: number;

  constructor(options: TopKOptions = {}) {
    super(options.name ?? 'sparse_top_k_categorical_accuracy');
    this.#k = checkK(this.name, options.k ?? 5);
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    return inTopK(sparseLabels(this.name, yTrue, yPred), yPred, this.#k);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), k: this.#k };
  }
}
