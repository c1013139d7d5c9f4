import { MapacheError } from '../tensor/index.js';

/** Where in a training a batch stands; both are counted from 0. */
export interface BatchPosition {
  readonly epoch: number;
  readonly batch: number;
}

/** The loss of a batch is NaN or infinite. The step that gave it changed nothing. */
export class NonFiniteLossError extends MapacheError {
  constructor(
    readonly loss: number,
    /** `null` if a single batch was trained on. */
    readonly position: BatchPosition | null,
  ) {
    const place = position === null ? '' : ` in epoch ${position.epoch}, batch ${position.batch} (both counted from 0)`;
    super({
      operation: 'fit',
      expected: 'a finite loss',
      received: `${loss}${place}`,
      remedy:
        'The step was undone. Look for missing numbers in the data, lower the learning rate, or clip gradients with clipnorm.',
    });
  }
}
