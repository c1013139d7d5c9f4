import { argMax, ShapeMismatchError, sameShape, type Tensor } from '../../tensor/index.js';

/**
 * The classes of one-hot rows, or of any rows by their largest number. Shape: `[n, k], [n, k] -> [n]`.
 * @throws {ShapeMismatchError} unless labels have the shape of the predictions.
 */
export function oneHotLabels(operation: string, yTrue: Tensor, yPred: Tensor): Tensor {
  if (sameShape(yTrue.shape, yPred.shape)) return argMax(yTrue, -1);
  const remedy = 'Give one-hot rows; labels that are indices need a sparse metric.';
  throw new ShapeMismatchError(operation, yPred.shape, yTrue.shape, remedy);
}
