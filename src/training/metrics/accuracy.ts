import { ArgumentError } from '../../tensor/index.js';
import { BinaryAccuracy } from './binaryAccuracy.js';
import { CategoricalAccuracy } from './categoricalAccuracy.js';
import type { Metric } from './metric.js';
import { SparseCategoricalAccuracy } from './sparseCategoricalAccuracy.js';

/** What a metric can be chosen by; `null` is a size that is not known. */
export interface MetricShapes {
  readonly yTrueShape: readonly (number | null)[];
  readonly yPredShape: readonly (number | null)[];
}

/** Whether `name` means the kind of accuracy that fits, in any case. */
export function isAccuracy(name: string): boolean {
  return ['accuracy', 'acc'].includes(name.toLowerCase());
}

/**
 * The kind of accuracy that fits, as Keras chooses it: binary for single predictions, sparse categorical for labels with
 * fewer axes than predictions or a last axis of size 1, otherwise categorical.
 * @throws {ArgumentError} without shapes.
 */
export function accuracyFor(name: string, shapes: MetricShapes | undefined): Metric {
  if (shapes === undefined) {
    throw new ArgumentError({
      operation: 'getMetric',
      expected: 'shapes of labels and predictions to choose an accuracy by',
      received: 'none',
      remedy: "Name the kind: 'binary_accuracy', 'categorical_accuracy' or 'sparse_categorical_accuracy'.",
    });
  }
  const { yTrueShape, yPredShape } = shapes;
  if (yPredShape.at(-1) === 1) return new BinaryAccuracy({ name });
  const isSparse = yTrueShape.length < yPredShape.length || yTrueShape.at(-1) === 1;
  return isSparse ? new SparseCategoricalAccuracy({ name }) : new CategoricalAccuracy({ name });
}
