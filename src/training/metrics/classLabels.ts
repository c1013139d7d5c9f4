import { argMax, cast, sameShape, ShapeMismatchError, squeeze, type Tensor } from '../../tensor/index.js';

/**
 * Labels that are indices, as integers. Shape: `[n] or [n, 1], [n, k] -> [n]`.
 * @throws {ShapeMismatchError} unless there is one label for each row of predictions.
 */
export function sparseLabels(operation: string, yTrue: Tensor, yPred: Tensor): Tensor {
  const labels = yTrue.rank === yPred.rank && yTrue.shape.at(-1) === 1 ? squeeze(yTrue, -1) : yTrue;
  const rows = yPred.shape.slice(0, -1);
  if (sameShape(labels.shape, rows)) return cast(labels, 'int32');
  const remedy = 'Give one label for each row of predictions; one-hot rows need a categorical metric.';
  throw new ShapeMismatchError(operation, rows, labels.shape, remedy);
}

/**
 * The classes of one-hot rows, or of any rows by their largest number. Shape: `[n, k], [n, k] -> [n]`.
 * @throws {ShapeMismatchError} unless labels have the shape of the predictions.
 */
export function oneHotLabels(operation: string, yTrue: Tensor, yPred: Tensor): Tensor {
  if (sameShape(yTrue.shape, yPred.shape)) return argMax(yTrue, -1);
  const remedy = 'Give one-hot rows; labels that are indices need a sparse metric.';
  throw new ShapeMismatchError(operation, yPred.shape, yTrue.shape, remedy);
}
