import { ArgumentError, formatShape, ShapeError, sameShape, type Tensor } from '../../tensor/index.js';

/**
 * Labels and predictions of one number per output, which metrics that count each output apart need.
 * Shape: `[n, outputs], [n, outputs]`.
 * @throws {ShapeError} if they have other shapes.
 */
export function checkOutputs(operation: string, yTrue: Tensor, yPred: Tensor): number {
  const [, outputs] = yPred.shape;
  if (yPred.rank === 2 && sameShape(yTrue.shape, yPred.shape)) return outputs as number;
  throw new ShapeError({
    operation,
    expected: 'labels and predictions of one shape [samples, outputs]',
    received: `${formatShape(yTrue.shape)} and ${formatShape(yPred.shape)}`,
    remedy: 'Give one-hot rows, or a last axis of size 1 for a single output.',
  });
}

/** The error for a metric that is asked for a result before it can have one. */
export function nothingCounted(operation: string): ArgumentError {
  return new ArgumentError({
    operation,
    expected: 'a batch to have been counted',
    received: 'none since the metric was made',
    remedy: 'The number of outputs is learnt from the first batch: call update(yTrue, yPred) before result().',
  });
}
