import { type Config, DTypeError, type Tensor } from '../../tensor/index.js';
import { alignTargets } from './alignTargets.js';
import { bothMasks, checkReduction, kerasReduction, type Reduction, reduceLosses } from './reduction.js';

/** Options every loss takes. */
export interface LossOptions {
  /** How the losses of a batch become one number. @defaultValue `'sumOverBatchSize'` */
  readonly reduction?: Reduction;
  /** @defaultValue the class in snake case */
  readonly name?: string;
}

/**
 * How far predictions are from what they should be. A subclass gives `className` and computes in `call`.
 *
 * ```ts
 * class CubicError extends Loss {
 *   readonly className = 'CubicError';
 *   call = (yTrue: Tensor, yPred: Tensor) => mean(pow(abs(sub(yPred, yTrue)), 3), { axes: -1 });
 * }
 * new CubicError({ name: 'cubic' }).apply(labels, predictions);
 * ```
 */
export abstract class Loss {
  readonly name: string;
  readonly reduction: Reduction;
  /** Keras's name of the class, as files have it. */
  abstract readonly className: string;

  /** @throws {ArgumentError} for an unknown reduction. */
  constructor(options: LossOptions & { readonly name: string }) {
    this.name = options.name;
    this.reduction =
      options.reduction === undefined ? 'sumOverBatchSize' : checkReduction(this.name, options.reduction);
  }

  /** Whether labels are indices of classes rather than numbers of the shape of the predictions. */
  get sparseLabels(): boolean {
    return false;
  }

  /** A label that marks entries to be left out. */
  get ignoredLabel(): number | null {
    return null;
  }

  /**
   * The loss of each entry. Shape: `[n, …], [n, …] -> [n, …]`, usually without the last axis. Unless `sparseLabels`, both
   * tensors have the same rank and dtype.
   */
  abstract call(yTrue: Tensor, yPred: Tensor): Tensor;

  /** Which entries count, of the shape of the losses; `null` if all do. */
  mask(_yTrue: Tensor, _yPred: Tensor): Tensor | null {
    return null;
  }

  /**
   * The loss of each entry, for targets of any dtype; `[n]` and `[n, 1]` go together.
   * @throws {DTypeError} if predictions are not floating.
   * @throws {ShapeMismatchError} if targets and predictions do not go together.
   */
  unreduced(yTrue: Tensor, yPred: Tensor): Tensor {
    if (yPred.dtype !== 'float32' && yPred.dtype !== 'float64') {
      throw new DTypeError(this.name, 'floating predictions', yPred.dtype);
    }
    if (this.sparseLabels) return this.call(yTrue, yPred);
    const [targets, predictions] = alignTargets(this.name, yTrue, yPred);
    return this.call(targets, predictions);
  }

  /**
   * The loss of a batch. Shape: `[]`, or that of the entries if there is no reduction.
   * @param sampleWeight how much each entry counts; broadcast against the entries. @defaultValue all count the same
   * @param predictionMask which entries count at all: the mask of the predictions. @defaultValue all do
   * @throws {DTypeError | ShapeError} if the tensors do not go together.
   */
  apply(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor, predictionMask?: Tensor): Tensor {
    const losses = this.unreduced(yTrue, yPred);
    const mask = bothMasks(this.mask(yTrue, yPred), predictionMask ?? null);
    return reduceLosses(losses, this.reduction, { sampleWeight: sampleWeight ?? null, mask });
  }

  /** The options, complete, with values as in Keras's files, so that an equal loss can be made of them. */
  getConfig(): Config {
    return { name: this.name, reduction: kerasReduction(this.reduction) };
  }
}
