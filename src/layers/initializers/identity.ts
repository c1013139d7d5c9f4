import { checkNumberOption, formatShape, mul, oneHot, ShapeError, tensor } from '../../tensor/index.js';
import { defineInitializer, floatingOnly, type Initializer } from './initializer.js';

/** Options of `identity`. */
export interface IdentityConfig {
  /** What stands on the diagonal. @defaultValue `1` */
  readonly gain?: number;
}

/** A matrix with `gain` on its diagonal, 0 elsewhere. @throws {ArgumentError} */
export function identity(config: IdentityConfig = {}): Initializer {
  const gain = checkNumberOption('Identity', 'gain', config.gain ?? 1);
  return defineInitializer('Identity', { gain }, (shape, dtype) => {
    const [rows, columns] = shape;
    if (rows === undefined || columns === undefined || shape.length !== 2) {
      throw new ShapeError({
        operation: 'Identity',
        expected: 'a weight of rank 2',
        received: formatShape(shape),
        remedy: 'Use another initialiser for anything but matrices.',
      });
    }
    const diagonal = tensor(Int32Array.from({ length: rows }, (_, row) => row));
    return mul(oneHot(diagonal, columns, floatingOnly('Identity', dtype)), gain);
  });
}
