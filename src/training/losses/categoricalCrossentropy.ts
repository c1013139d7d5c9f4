import {
  type Config,
  checkBooleanOption,
  checkNumberOption,
  log,
  mul,
  neg,
  softmaxCrossEntropy,
  sum,
  type Tensor,
} from '../../tensor/index.js';
import { checkSameShape } from './checkSameShape.js';
import { classCount } from './classCount.js';
import { checkSmoothing, smoothLabels } from './labelSmoothing.js';
import { Loss, type LossOptions } from './loss.js';
import { clipProbabilities, normalized } from './probabilities.js';

/** Options of `CategoricalCrossentropy`. */
export interface CategoricalCrossentropyOptions extends LossOptions {
  /** Predictions are logits rather than probabilities. @defaultValue `false` */
  readonly fromLogits?: boolean;
  /** Fraction of the way labels are moved towards all classes being equally likely, in `[0, 1]`. @defaultValue `0` */
  readonly labelSmoothing?: number;
  /** Axis of the classes. @defaultValue `-1` */
  readonly axis?: number;
}

/**
 * Cross-entropy with a distribution over classes, such as a one-hot row: the sum over `axis` of `-y log p`. Probabilities
 * are first divided by their sum, then held between `1e-7` and `1 - 1e-7`. Shape: `[n, k], [n, k] -> [n]`.
 */
export class CategoricalCrossentropy extends Loss {
  readonly className = 'CategoricalCrossentropy';
  readonly #fromLogits: boolean;
  readonly #labelSmoothing: number;
  readonly #axis: number;

  constructor(options: CategoricalCrossentropyOptions = {}) {
    super({ name: 'categorical_crossentropy', ...options });
    this.#fromLogits = checkBooleanOption(this.name, 'fromLogits', options.fromLogits ?? false);
    this.#labelSmoothing = checkSmoothing(this.name, options.labelSmoothing ?? 0);
    this.#axis = checkNumberOption(this.name, 'axis', options.axis ?? -1, { integer: true });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    checkSameShape(this.name, yTrue, yPred);
    const labels = smoothLabels(yTrue, this.#labelSmoothing, classCount(this.name, yPred, this.#axis));
    if (this.#fromLogits) return softmaxCrossEntropy(labels, yPred, this.#axis);
    const p = clipProbabilities(normalized(yPred, this.#axis));
    return neg(sum(mul(labels, log(p)), { axes: this.#axis }));
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      fromLogits: this.#fromLogits,
      labelSmoothing: this.#labelSmoothing,
      axis: this.#axis,
    };
  }
}
