import type { NonFiniteLossError } from '../nonFiniteLossError.js';
import type { Callback } from './callback.js';

/** Options of `TerminateOnNaN`. */
export interface TerminateOnNaNOptions {
  /** Whether `fit` throws, as it does without this callback. @defaultValue `false` */
  readonly raiseError?: boolean;
}

/**
 * Ends training quietly when a loss is NaN or infinite, instead of by an error: the epoch is completed with its validation,
 * and its loss in the history is what it was. The step with that loss has changed nothing, where Keras's has spoilt the
 * weights.
 */
export class TerminateOnNaN implements Callback {
  readonly #raiseError: boolean;

  constructor({ raiseError = false }: TerminateOnNaNOptions = {}) {
    this.#raiseError = raiseError;
  }

  onNonFiniteLoss({ position }: NonFiniteLossError): boolean {
    if (this.#raiseError) return false;
    console.log(`Batch ${position?.batch}: Invalid loss, terminating training`);
    return true;
  }
}
