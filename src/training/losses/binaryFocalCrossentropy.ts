import {
  add,
  type Config,
  checkBooleanOption,
  checkNumberOption,
  mean,
  mul,
  pow,
  sigmoid,
  sub,
  type Tensor,
} from '../../tensor/index.js';
import { type BinaryCrossentropyOptions, binaryCrossentropyOf } from './binaryCrossentropy.js';
import { checkSameShape } from './checkSameShape.js';
import { checkSmoothing, smoothLabels } from './labelSmoothing.js';
import { Loss } from './loss.js';

/** Options of `BinaryFocalCrossentropy`. */
export interface BinaryFocalCrossentropyOptions extends BinaryCrossentropyOptions {
  /** Weigh the classes by `alpha` and `1 - alpha`. @defaultValue `false` */
  readonly applyClassBalancing?: boolean;
  /** Weight of class 1, in `[0, 1]`. @defaultValue `0.25` */
  readonly alpha?: number;
  /** How much easy entries are played down, at least 0. @defaultValue `2` */
  readonly gamma?: number;
}

/**
 * Binary cross-entropy that plays down what is easy: each entry times `(1 - p_right)^gamma` (Lin et al., 2017), mean over
 * `axis`. Shape: `[n, k], [n, k] -> [n]`.
 */
export class BinaryFocalCrossentropy extends Loss {
  readonly className = 'BinaryFocalCrossentropy';
  readonly #options: Required<Omit<BinaryFocalCrossentropyOptions, 'name' | 'reduction'>>;

  constructor(options: BinaryFocalCrossentropyOptions = {}) {
    super({ name: 'binary_focal_crossentropy', ...options });
    const { name } = this;
    this.#options = {
      fromLogits: checkBooleanOption(name, 'fromLogits', options.fromLogits ?? false),
      labelSmoothing: checkSmoothing(name, options.labelSmoothing ?? 0),
      axis: checkNumberOption(name, 'axis', options.axis ?? -1, { integer: true }),
      applyClassBalancing: checkBooleanOption(name, 'applyClassBalancing', options.applyClassBalancing ?? false),
      alpha: checkNumberOption(name, 'alpha', options.alpha ?? 0.25, { min: 0, max: 1 }),
      gamma: checkNumberOption(name, 'gamma', options.gamma ?? 2, { min: 0 }),
    };
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    checkSameShape(this.name, yTrue, yPred);
    const { fromLogits, labelSmoothing, axis, applyClassBalancing, alpha, gamma } = this.#options;
    const labels = smoothLabels(yTrue, labelSmoothing, 2);
    const p = fromLogits ? sigmoid(yPred) : yPred;
    const right = add(mul(labels, p), mul(sub(1, labels), sub(1, p)));
    const losses = mul(pow(sub(1, right), gamma), binaryCrossentropyOf(labels, p));
    const balance = add(mul(labels, alpha), mul(sub(1, labels), 1 - alpha));
    return mean(applyClassBalancing ? mul(balance, losses) : losses, { axes: axis });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), ...this.#options };
  }
}
