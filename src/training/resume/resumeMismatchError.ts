import { MapacheError } from '../../tensor/index.js';

/** A training that was interrupted was one of another model, other data or other options. */
export class ResumeMismatchError extends MapacheError {
  constructor(
    /** Where the interrupted training was kept. */
    readonly source: string,
    /** What differs. */
    readonly difference: string,
    present: string,
    kept: string,
  ) {
    super({
      operation: 'fit',
      expected: `'${source}' to hold a training with the same ${difference}: ${present}`,
      received: kept,
      remedy: 'Go on with what the training began with, or remove the backup to begin anew.',
    });
  }
}
