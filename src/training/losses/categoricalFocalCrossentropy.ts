import {
  type Config,
  checkBooleanOption,
  checkNumberOption,
  log,
  mul,
  neg,
  pow,
  softmax,
  sub,
  sum,
  type Tensor,
} from '../../tensor/index.js';
import type { CategoricalCrossentropyOptions } from './categoricalCrossentropy.js';
import { checkSameShape } from './checkSameShape.js';
import { classCount } from './classCount.js';
import { checkSmoothing, smoothLabels } from './labelSmoothing.js';
import { Loss } from './loss.js';
import { clipProbabilities, normalized } from './probabilities.js';

/** Options of `CategoricalFocalCrossentropy`. */
export interface CategoricalFocalCrossentropyOptions extends CategoricalCrossentropyOptions {
  /** Weight of every class, at least 0. @defaultValue `0.25` */
  readonly alpha?: number;
  /** How much easy classes are played down, at least 0. @defaultValue `2` */
  readonly gamma?: number;
}

/**
 * Categorical cross-entropy that plays down what is easy: the sum over `axis` of `-alpha (1 - p)^gamma y log p` (Lin et
 * al., 2017). Shape: `[n, k], [n, k] -> [n]`.
 */
export class CategoricalFocalCrossentropy extends Loss {
  readonly className = 'CategoricalFocalCrossentropy';
  readonly #options: Required<Omit<CategoricalFocalCrossentropyOptions, 'name' | 'reduction'>>;

  constructor(options: CategoricalFocalCrossentropyOptions = {}) {
    super({ name: 'categorical_focal_crossentropy', ...options });
    const { name } = this;
    this.#options = {
      fromLogits: checkBooleanOption(name, 'fromLogits', options.fromLogits ?? false),
      labelSmoothing: checkSmoothing(name, options.labelSmoothing ?? 0),
      axis: checkNumberOption(name, 'axis', options.axis ?? -1, { integer: true }),
      alpha: checkNumberOption(name, 'alpha', options.alpha ?? 0.25, { min: 0 }),
      gamma: checkNumberOption(name, 'gamma', options.gamma ?? 2, { min: 0 }),
    };
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    checkSameShape(this.name, yTrue, yPred);
    const { fromLogits, labelSmoothing, axis, alpha, gamma } = this.#options;
    const labels = smoothLabels(yTrue, labelSmoothing, classCount(this.name, yPred, axis));
    const p = clipProbabilities(normalized(fromLogits ? softmax(yPred, axis) : yPred, axis));
    const factors = mul(alpha, pow(sub(1, p), gamma));
    return neg(sum(mul(factors, mul(labels, log(p))), { axes: axis }));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), ...this.#options };
  }
}
