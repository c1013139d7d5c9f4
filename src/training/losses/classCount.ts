import { AxisError, type Tensor } from '../../tensor/index.js';

/** Size of `yPred` along `axis`. @throws {AxisError} if there is no such axis. */
export function classCount(operation: string, yPred: Tensor, axis: number): number {
  const size = yPred.shape.at(axis);
  if (size === undefined) throw new AxisError(operation, axis, yPred.rank);
  return size;
}
