import {
  add,
  argMax,
  type Config,
  cast,
  checkBooleanOption,
  checkChoiceOption,
  checkNumberOption,
  div,
  gather,
  greater,
  invalidOption,
  reshape,
  sub,
  sum,
  type Tensor,
  tensor,
  type Variable,
  where,
} from '../../tensor/index.js';
import { epsilon } from '../losses/probabilities.js';
import { weightsOf } from './confusion.js';
import { confusionMatrix } from './confusionMatrix.js';
import { Metric, type MetricOptions } from './metric.js';

/** Options of all metrics of overlap, but for the classes. */
export interface OverlapOptions extends MetricOptions {
  /** A label whose entries do not count; `null` for none. @defaultValue `null` */
  readonly ignoreClass?: number | null;
  /** Labels are classes rather than scores for each. @defaultValue `true` */
  readonly sparseYTrue?: boolean;
  /** Predictions are classes rather than scores for each. @defaultValue `true` */
  readonly sparseYPred?: boolean;
  /** Axis of the scores. @defaultValue `-1` */
  readonly axis?: number;
  /** What weights are counted in: integers cut off their fractions, as in Keras. @defaultValue `'int64'` */
  readonly dtype?: 'int32' | 'int64' | 'float32';
}

/** Options of `IoU`. */
export interface IoUOptions extends OverlapOptions {
  /** Number of classes, at least 1. */
  readonly numClasses: number;
  /** Classes whose overlap counts. */
  readonly targetClassIds: readonly number[];
}

/** Each cell of the matrix is a number of its own. */
const maxClasses = 2 ** 12;

/**
 * How much the regions of each class overlap with those found, `intersection / union = tp / (tp + fp + fn)`, as the mean
 * over the target classes that occur at all.
 * Shape: classes `[n, …], [n, …]`, or scores with an axis of classes; of the result `[]`.
 */
export class IoU extends Metric {
  readonly className: string = 'IoU';
  readonly direction = 'up';
  readonly numClasses: number;
  readonly targetClassIds: readonly number[];
  readonly ignoreClass: number | null;
  readonly sparseYTrue: boolean;
  readonly sparseYPred: boolean;
  readonly axis: number;
  readonly dtype: 'int32' | 'int64' | 'float32';
  readonly #matrix: Variable;

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: IoUOptions, name = 'io_u') {
    super(options.name ?? name);
    const { numClasses, ignoreClass = null } = options;
    const count = { min: 1, max: maxClasses, integer: true };
    this.numClasses = checkNumberOption(this.name, 'numClasses', numClasses, count);
    this.targetClassIds = this.#checkTargets(options.targetClassIds);
    this.ignoreClass =
      ignoreClass === null ? null : checkNumberOption(this.name, 'ignoreClass', ignoreClass, { integer: true });
    this.sparseYTrue = checkBooleanOption(this.name, 'sparseYTrue', options.sparseYTrue ?? true);
    this.sparseYPred = checkBooleanOption(this.name, 'sparseYPred', options.sparseYPred ?? true);
    this.axis = checkNumberOption(this.name, 'axis', options.axis ?? -1, { integer: true });
    this.dtype = checkChoiceOption(this.name, 'dtype', options.dtype ?? 'int64', ['int32', 'int64', 'float32']);
    const { dtype } = this;
    const shape = [this.numClasses, this.numClasses];
    this.#matrix = this.addVariable('total_confusion_matrix', shape, dtype === 'float32' ? dtype : 'int32');
  }

  update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    const labels = this.sparseYTrue ? cast(yTrue, 'int32') : argMax(yTrue, this.axis);
    const predictions = this.sparseYPred ? cast(yPred, 'int32') : argMax(yPred, this.axis);
    const { dtype } = this.#matrix;
    const weights = sampleWeight === undefined ? null : cast(weightsOf(sampleWeight, labels), dtype);
    const batch = confusionMatrix({ labels, predictions, weights }, this.numClasses, this.ignoreClass);
    this.#matrix.assign(add(this.#matrix.value, cast(batch, dtype)));
  }

  result(): Tensor {
    const matrix = cast(this.#matrix.value, 'float32');
    const diagonal = Int32Array.from({ length: this.numClasses }, (_, i) => i * (this.numClasses + 1));
    const hits = gather(reshape(matrix, [this.numClasses ** 2]), tensor(diagonal));
    const union = sub(add(sum(matrix, { axes: 0 }), sum(matrix, { axes: 1 })), hits);
    const targets = tensor(Int32Array.from(this.targetClassIds));
    const [intersections, unions] = [gather(hits, targets), gather(union, targets)];
    const occurs = greater(unions, 1e-9);
    const overlaps = where(occurs, div(intersections, add(unions, epsilon)), 0);
    const count = sum(cast(occurs, 'float32'));
    return div(sum(overlaps), add(count, epsilon));
  }

  override getConfig(): Config {
    const { numClasses, targetClassIds, ignoreClass, sparseYTrue, sparseYPred, axis, dtype } = this;
    return {
      ...super.getConfig(),
      numClasses,
      targetClassIds: [...targetClassIds],
      ignoreClass,
      sparseYTrue,
      sparseYPred,
      axis,
      dtype,
    };
  }

  #checkTargets(value: unknown): readonly number[] {
    const range = { min: 0, below: this.numClasses, integer: true };
    if (!Array.isArray(value) || value.length === 0) {
      throw invalidOption(this.name, 'targetClassIds', 'a list of classes', value);
    }
    return value.map((id: unknown) => checkNumberOption(this.name, 'targetClassIds', id, range));
  }
}
