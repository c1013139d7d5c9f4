import { ShapeMismatchError, sameShape, type Tensor } from '../../tensor/index.js';

/** @throws {ShapeMismatchError} unless targets have the shape of predictions: a distribution broadcast is a mistake. */
export function checkSameShape(operation: string, yTrue: Tensor, yPred: Tensor): void {
  if (sameShape(yTrue.shape, yPred.shape)) return;
  throw new ShapeMismatchError(operation, yPred.shape, yTrue.shape, 'Give one target for each prediction.');
}
