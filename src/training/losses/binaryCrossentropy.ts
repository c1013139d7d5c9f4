import {
  add,
  type Config,
  checkBooleanOption,
  checkNumberOption,
  log,
  mean,
  mul,
  neg,
  sigmoidCrossEntropy,
  sub,
  type Tensor,
} from '../../tensor/index.js';
import { checkSameShape } from './checkSameShape.js';
import { checkSmoothing, smoothLabels } from './labelSmoothing.js';
import { Loss, type LossOptions } from './loss.js';
import { clipProbabilities } from './probabilities.js';

/** Options of `BinaryCrossentropy`. */
export interface BinaryCrossentropyOptions extends LossOptions {
  /** Predictions are logits rather than probabilities. @defaultValue `false` */
  readonly fromLogits?: boolean;
  /** Fraction of the way labels are moved towards 1/2, in `[0, 1]`. @defaultValue `0` */
  readonly labelSmoothing?: number;
  /** Axis to take the mean over. @defaultValue `-1` */
  readonly axis?: number;
}

/**
 * Cross-entropy of independent yes-or-no questions: the mean over `axis` of `-y log p - (1 - y) log(1 - p)`. Logits are
 * used in the form that does not overflow; probabilities are held between `1e-7` and `1 - 1e-7`.
 * Shape: `[n, k], [n, k] -> [n]`.
 */
export class BinaryCrossentropy extends Loss {
  readonly className = 'BinaryCrossentropy';
  readonly #fromLogits: boolean;
  readonly #labelSmoothing: number;
  readonly #axis: number;

  constructor(options: BinaryCrossentropyOptions = {}) {
    super({ name: 'binary_crossentropy', ...options });
    this.#fromLogits = checkBooleanOption(this.name, 'fromLogits', options.fromLogits ?? false);
    this.#labelSmoothing = checkSmoothing(this.name, options.labelSmoothing ?? 0);
    this.#axis = checkNumberOption(this.name, 'axis', options.axis ?? -1, { integer: true });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    checkSameShape(this.name, yTrue, yPred);
    const labels = smoothLabels(yTrue, this.#labelSmoothing, 2);
    const losses = this.#fromLogits ? sigmoidCrossEntropy(labels, yPred) : binaryCrossentropyOf(labels, yPred);
    return mean(losses, { axes: this.#axis });
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

/** `-y log p - (1 - y) log(1 - p)`, element by element. */
export function binaryCrossentropyOf(yTrue: Tensor, probabilities: Tensor): Tensor {
  const p = clipProbabilities(probabilities);
  return neg(add(mul(yTrue, log(p)), mul(sub(1, yTrue), log(sub(1, p)))));
}
