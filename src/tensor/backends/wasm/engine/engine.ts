/** A program ready to run: instructions one after the other, every pointer filled in. */
export interface Program {
  readonly words: Int32Array;
  readonly instructionCount: number;
  /** Where the engine shall put the words: memory that nothing else uses. */
  readonly address: number;
  /** Whether it is worth waking more than one worker. */
  readonly parallel: boolean;
}

/**
 * Memory and the workers that compute in it. Addresses are bytes from 0; those below `heapStart` are the engine's own.
 * Runs and reads take place in the order they are asked for.
 */
export interface Engine {
  readonly workers: number;
  readonly heapStart: number;
  /** Copies `bytes` to `address`, which no run under way uses. */
  write(address: number, bytes: Uint8Array): void;
  /** A copy of `byteLength` bytes, after the runs that were asked for before. */
  read(address: number, byteLength: number): Promise<ArrayBuffer>;
  /**
   * Runs a program, after those that were asked for before.
   * @throws {WorkerError} if a worker dies; the next run starts new ones.
   */
  run(program: Program): Promise<void>;
  /** Makes every address below `end` usable. @throws {OutOfMemoryError} */
  reserve(end: number): void;
  /** Ends the workers, once nothing runs. The next run starts new ones. */
  rest(): Promise<void>;
}
