import { MapacheError } from '../tensor/index.js';

/** An optional package is needed and not installed. */
export class MissingDependencyError extends MapacheError {
  constructor(
    operation: string,
    /** The package. */
    readonly dependency: string,
    options?: ErrorOptions,
  ) {
    super(
      {
        operation,
        expected: `the package '${dependency}'`,
        received: 'none that can be loaded',
        remedy: `Install it: npm install ${dependency}`,
      },
      options,
    );
  }
}
