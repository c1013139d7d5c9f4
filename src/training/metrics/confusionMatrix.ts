import {
  add,
  cast,
  fill,
  greaterEqual,
  less,
  logicalAnd,
  mul,
  notEqual,
  reshape,
  scatterAdd,
  type Tensor,
  where,
} from '../../tensor/index.js';

/** What a confusion matrix is made of. */
export interface ConfusionEntries {
  /** Classes, `int32`, of any shape. */
  readonly labels: Tensor;
  /** Classes, `int32`, as many. */
  readonly predictions: Tensor;
  /** How much each entry counts, as many; `null` if all count the same. */
  readonly weights: Tensor | null;
}

/**
 * How often each class is taken for each other: rows are labels, columns predictions. Entries of classes outside
 * `[0, classes)`, and of the class to be ignored, do not count. Shape: `[classes, classes]`, `float32`.
 */
export function confusionMatrix(entries: ConfusionEntries, classes: number, ignoreClass: number | null): Tensor {
  const labels = reshape(entries.labels, [entries.labels.size]);
  const predictions = reshape(entries.predictions, [entries.predictions.size]);
  const known = logicalAnd(isClass(labels, classes), isClass(predictions, classes));
  const counted = ignoreClass === null ? known : logicalAnd(known, notEqual(labels, ignoreClass));
  // What is left out of the matrix lies outside of it.
  const cells = where(counted, add(mul(labels, classes), predictions), -1);
  const weights = entries.weights === null ? fill([labels.size], 1, 'float32') : cast(entries.weights, 'float32');
  return reshape(scatterAdd(reshape(weights, [labels.size]), cells, { size: classes ** 2 }), [classes, classes]);
}

function isClass(labels: Tensor, classes: number): Tensor {
  return logicalAnd(greaterEqual(labels, 0), less(labels, classes));
}
