import { BackendError } from '../../../errors.js';

/** A worker of the engine died while it computed. */
export class WorkerError extends BackendError {
  /**
   * @param instruction which instruction of the program was being computed.
   * @param reason what the platform said.
   */
  constructor(
    readonly instruction: number,
    readonly reason: string,
  ) {
    super({
      operation: 'wasm backend',
      expected: 'its workers to live until the program is done',
      received: `a worker that died at instruction ${instruction}: ${reason}`,
      remedy: 'Call again: new workers are started. Variables hold what they held before the call.',
    });
    this.name = 'WorkerError';
  }
}

/** The engine's memory cannot grow as far as is needed. */
export class OutOfMemoryError extends BackendError {
  constructor(readonly bytes: number) {
    super({
      operation: 'wasm backend',
      expected: 'at most 4 GiB of memory, as much as the platform gives',
      received: `a need for ${bytes} bytes`,
      remedy: 'Use smaller batches or images, or freeze more layers.',
    });
    this.name = 'OutOfMemoryError';
  }
}
