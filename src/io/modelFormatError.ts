import { type ErrorDetails, MapacheError } from '../tensor/index.js';

/** A file that does not hold what it should; nothing was changed. */
export class ModelFormatError extends MapacheError {
  constructor(
    /** The file at fault. */
    readonly file: string,
    details: Omit<ErrorDetails, 'operation'>,
    options?: ErrorOptions,
  ) {
    super({ operation: `file '${file}'`, ...details }, options);
  }
}
