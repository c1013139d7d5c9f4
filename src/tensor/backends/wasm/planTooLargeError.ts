import { BackendError } from '../../errors.js';

/** A plan needs more memory than there can be. */
export class PlanTooLargeError extends BackendError {
  constructor(
    operation: string,
    readonly bytes: number,
    readonly maxBytes: number,
    what: string,
  ) {
    super({
      operation,
      expected: `a plan that needs at most ${maxBytes} bytes`,
      received: `one that needs ${bytes}: ${what}`,
      remedy:
        'What lies between inputs and results shrinks with the batch and with the images, and by freezing layers.',
    });
  }
}
