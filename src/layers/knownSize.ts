import { formatShape, ShapeError } from '../tensor/index.js';
import type { SymbolicShape } from './layer.js';

/**
 * The size along `axis`, which weights depend on.
 * @throws {ShapeError} if it is not known or there is no such axis.
 */
export function knownSize(operation: string, shape: SymbolicShape, axis: number): number {
  const size = shape[axis < 0 ? axis + shape.length : axis];
  if (typeof size === 'number') return size;
  throw new ShapeError({
    operation,
    expected: `an input whose size along axis ${axis} is known`,
    received: formatShape(shape),
    remedy: 'Only the batch and sizes that no weight depends on may be left open.',
  });
}
