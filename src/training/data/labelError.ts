import { MapacheError, type Tensor } from '../../tensor/index.js';

/** A label that is not the index of a class. */
export class LabelError extends MapacheError {
  constructor(
    operation: string,
    readonly label: number,
    /** Position of the label among the labels that were looked at. */
    readonly position: number,
    readonly classes: number,
  ) {
    super({
      operation,
      expected: `labels to be integers from 0 to ${classes - 1}, one for each of the ${classes} classes of the output`,
      received: `${label} at position ${position}`,
      remedy: 'Number the classes from 0, or give the model as many outputs as there are classes.',
    });
  }
}

/**
 * Checks labels that are to be class indices.
 * @param ignored a label that marks entries to be left out.
 * @throws {LabelError} for the first one that is not.
 */
export async function checkLabels(
  operation: string,
  labels: Tensor,
  classes: number,
  ignored: number | null,
): Promise<void> {
  const numbers = await labels.data();
  const wrong = numbers.findIndex(
    (label: number) => !(Number.isInteger(label) && label >= 0 && label < classes) && label !== ignored,
  );
  if (wrong >= 0) throw new LabelError(operation, numbers[wrong] as number, wrong, classes);
}
