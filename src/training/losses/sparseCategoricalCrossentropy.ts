import {
  type Config,
  cast,
  checkBooleanOption,
  checkNumberOption,
  equal,
  greaterEqual,
  less,
  log,
  logicalAnd,
  logSoftmax,
  neg,
  notEqual,
  oneHot,
  sum,
  type Tensor,
  where,
} from '../../tensor/index.js';
import { classCount } from './classCount.js';
import { Loss, type LossOptions } from './loss.js';
import { clipProbabilities } from './probabilities.js';
import { sparseLabels } from './sparseLabels.js';

/** Options of `SparseCategoricalCrossentropy`. */
export interface SparseCategoricalCrossentropyOptions extends LossOptions {
  /** Predictions are logits rather than probabilities. @defaultValue `false` */
  readonly fromLogits?: boolean;
  /** Entries with this label are left out of the loss; `null` if all count. @defaultValue `null` */
  readonly ignoreClass?: number | null;
}

/**
 * Cross-entropy with labels that are indices of classes: `-log p[label]`, where `p` is the softmax of logits, or
 * probabilities held between `1e-7` and `1 - 1e-7` and divided by their sum. A label that is no class gives NaN.
 * Shape: `[n] or [n, 1], [n, k] -> [n]`; with more axes the classes are along the last one.
 */
export class SparseCategoricalCrossentropy extends Loss {
  readonly className = 'SparseCategoricalCrossentropy';
  readonly #fromLogits: boolean;
  readonly #ignoreClass: number | null;

  constructor(options: SparseCategoricalCrossentropyOptions = {}) {
    super({ name: 'sparse_categorical_crossentropy', ...options });
    const ignored = options.ignoreClass ?? null;
    this.#fromLogits = checkBooleanOption(this.name, 'fromLogits', options.fromLogits ?? false);
    this.#ignoreClass =
      ignored === null ? null : checkNumberOption(this.name, 'ignoreClass', ignored, { integer: true });
  }

  override get sparseLabels(): boolean {
    return true;
  }

  override get ignoredLabel(): number | null {
    return this.#ignoreClass;
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    const labels = sparseLabels(this.name, yTrue, yPred);
    const classes = classCount(this.name, yPred, -1);
    const logProbabilities = logSoftmax(this.#fromLogits ? yPred : log(clipProbabilities(yPred)));
    // Chosen rather than multiplied: a class with logit -Infinity must not turn the others into NaN.
    const isLabel = cast(oneHot(labels, classes), 'bool');
    const losses = neg(sum(where(isLabel, logProbabilities, 0), { axes: -1 }));
    const isClass = logicalAnd(greaterEqual(labels, 0), less(labels, classes));
    const checked = where(isClass, losses, Number.NaN);
    return this.#ignoreClass === null ? checked : where(equal(labels, this.#ignoreClass), 0, checked);
  }

  override mask(yTrue: Tensor, yPred: Tensor): Tensor | null {
    return this.#ignoreClass === null ? null : notEqual(sparseLabels(this.name, yTrue, yPred), this.#ignoreClass);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), fromLogits: this.#fromLogits, ignoreClass: this.#ignoreClass };
  }
}
