import { cast, ShapeMismatchError, sameShape, squeeze, type Tensor } from '../../tensor/index.js';

/**
 * Labels that are indices of classes, as integers. Shape: `[n] or [n, 1], [n, k] -> [n]`; with more axes the classes are
 * along the last one of the predictions.
 * @throws {ShapeMismatchError} unless there is one label for each row of predictions.
 */
export function sparseLabels(operation: string, yTrue: Tensor, yPred: Tensor): Tensor {
  const labels = yTrue.rank === yPred.rank && yTrue.shape.at(-1) === 1 ? squeeze(yTrue, -1) : yTrue;
  const rows = yPred.shape.slice(0, -1);
  if (sameShape(labels.shape, rows)) return cast(labels, 'int32');
  const remedy = 'Give one label for each row of predictions; one-hot rows need a categorical loss or metric.';
  throw new ShapeMismatchError(operation, rows, labels.shape, remedy);
}
