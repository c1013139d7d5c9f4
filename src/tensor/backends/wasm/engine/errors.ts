import { BackendError } from '../../../errors.js';

/** A worker of the engine died, or did what it must not. */
export class WorkerError extends BackendError {
  constructor(
    /** What was being computed, if that is known: `conv2d at base/conv1`. */
    readonly step: string | null,
    /** What the platform said. */
    readonly reason: string,
    remedy = 'Call again: new workers are started. Variables hold what they held before the call.',
  ) {
    super({
      operation: 'wasm backend',
      expected: 'its workers to live until the plan has been computed',
      received: `a worker that failed${step === null ? '' : ` in ${step}`}: ${reason}`,
      remedy,
    });
  }
}

/** The workers of the engine stood still: they have been ended. */
export class WorkerStallError extends WorkerError {}

/** The platform does not let the engine have worker threads, or not compile WebAssembly. */
export class WorkerStartError extends BackendError {
  constructor(readonly reason: string) {
    super({
      operation: 'wasm backend',
      expected: 'to be allowed WebAssembly and worker threads',
      received: reason,
      remedy:
        "In a page with a Content-Security-Policy allow `worker-src blob:` and `script-src 'wasm-unsafe-eval'`; in Node with " +
        "permissions give --allow-worker. setBackend('reference') needs neither, and is slow.",
    });
  }
}

/** The engine's memory cannot grow as far as is needed. */
export class OutOfMemoryError extends BackendError {
  constructor(
    /** Where the memory in use would end. */
    readonly bytes: number,
  ) {
    super({
      operation: 'wasm backend',
      expected: 'at most 4 GiB of memory, as much as the platform gives',
      received: `a need for ${bytes} bytes`,
      remedy: 'Use smaller batches or images, or freeze more layers.',
    });
  }
}
