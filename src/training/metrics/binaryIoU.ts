import { type Config, cast, checkNumberOption, greaterEqual, type Tensor } from '../../tensor/index.js';
import { IoU, type OverlapOptions } from './iou.js';
import type { MetricOptions } from './metric.js';

/** Options of `BinaryIoU`. */
export interface BinaryIoUOptions extends MetricOptions, Pick<OverlapOptions, 'dtype'> {
  /** Which of the two classes count. @defaultValue `[0, 1]` */
  readonly targetClassIds?: readonly number[];
  /** Predictions of at least this are of class 1. @defaultValue `0.5` */
  readonly threshold?: number;
}

/** `IoU` of two classes, for predictions that are probabilities of the second. */
export class BinaryIoU extends IoU {
  override readonly className = 'BinaryIoU';
  readonly #threshold: number;

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: BinaryIoUOptions = {}) {
    const { name, dtype, targetClassIds = [0, 1], threshold = 0.5 } = options;
    const given = { ...(name !== undefined && { name }), ...(dtype !== undefined && { dtype }) };
    super({ ...given, numClasses: 2, targetClassIds }, 'binary_io_u');
    this.#threshold = checkNumberOption(this.name, 'threshold', threshold);
  }

  override update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    super.update(yTrue, cast(greaterEqual(cast(yPred, 'float32'), this.#threshold), 'int32'), sampleWeight);
  }

  override getConfig(): Config {
    const { name, dtype, targetClassIds } = this;
    return { name, dtype, targetClassIds: [...targetClassIds], threshold: this.#threshold };
  }
}
