import { ArgumentError, formatShape, type Tensor } from '../../tensor/index.js';
import { LabelError } from '../../training/index.js';

/**
 * The classes of some samples: of class indices `[n]` or `[n, 1]`, or of rows `[n, classes]` in which the class of a sample
 * has the largest number.
 * @throws {LabelError} for an index that is not that of a class.
 * @throws {ArgumentError} for targets of another shape.
 */
export async function classLabels(operation: string, targets: Tensor, classes: number): Promise<Int32Array> {
  const [samples = 0, width = 1, ...others] = targets.shape;
  const values = await targets.data();
  if (others.length > 0 || targets.rank === 0 || (width !== 1 && width !== classes)) {
    throw new ArgumentError({
      operation,
      expected: `a class for each sample, as [samples] or as [samples, ${classes}]`,
      received: `targets of shape ${formatShape(targets.shape)}`,
      remedy: 'Give class indices, or one-hot rows.',
    });
  }
  if (width === 1) return checkIndices(operation, values, classes);
  return Int32Array.from({ length: samples }, (_, i) => largestIn(values, i * width, width));
}

/** Position of the largest of `count` numbers from `start` on; the first of several. */
export function largestIn(values: ArrayLike<number>, start: number, count: number): number {
  let largest = 0;
  for (let k = 1; k < count; k++) {
    if ((values[start + k] as number) > (values[start + largest] as number)) largest = k;
  }
  return largest;
}

function checkIndices(operation: string, labels: ArrayLike<number>, classes: number): Int32Array {
  return Int32Array.from({ length: labels.length }, (_, i) => {
    const label = labels[i] as number;
    if (Number.isInteger(label) && label >= 0 && label < classes) return label;
    throw new LabelError(operation, label, i, classes);
  });
}
