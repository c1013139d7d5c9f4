import { hashName, permutation } from '../../../tensor/index.js';
import { ClassFolderError } from './classFolderError.js';

/** Positions of samples, in ascending order. */
export interface Split {
  readonly training: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Sets a fraction of every class aside, drawn by `seed`: at least one sample, and never all. Which samples of a class
 * are drawn depends on that class alone.
 * @throws {ClassFolderError} if a class has one sample only.
 */
export function stratifiedSplit(
  operation: string,
  labels: Int32Array,
  classNames: readonly string[],
  fraction: number,
  seed: number,
): Split {
  const isValidation = new Uint8Array(labels.length);
  for (const [label, name] of classNames.entries()) {
    const members = positionsWhere(labels, (other) => other === label);
    if (members.length === 1) {
      throw new ClassFolderError(operation, 'too few to split', name, {
        expected: `at least two pictures of class '${name}', to set some aside for validation`,
        received: '1',
      });
    }
    const count = Math.min(Math.max(1, Math.round(members.length * fraction)), members.length - 1);
    const order = permutation(members.length, seed, hashName(name), 0);
    for (const drawn of order.subarray(0, Math.max(0, count))) isValidation[members[drawn] as number] = 1;
  }
  return {
    training: positionsWhere(isValidation, (set) => set === 0),
    validation: positionsWhere(isValidation, (set) => set === 1),
  };
}

function positionsWhere(values: Int32Array | Uint8Array, test: (value: number) => boolean): Int32Array {
  const positions: number[] = [];
  values.forEach((value, position) => {
    if (test(value)) positions.push(position);
  });
  return Int32Array.from(positions);
}
