import type { Heap } from '../heap.js';
import type { RelaxedSimd } from './module.js';

/** A program ready to run: instructions one after the other, every pointer filled in. */
export interface Program {
  readonly words: Int32Array;
  readonly instructionCount: number;
  /** Where the engine shall put the words: memory that nothing else uses. */
  readonly address: number;
  /** Whether it is worth waking more than one worker. */
  readonly parallel: boolean;
  /** What an instruction is there for, in words. */
  readonly stepOf: (instruction: number) => string;
}

/** What can be chosen; all but canaries also between two runs. */
export interface EngineSettings {
  /** How many threads compute. */
  readonly workers: number;
  readonly relaxedSimd: RelaxedSimd;
  /** Whether the heap keeps a margin behind each buffer, for canaries. @defaultValue false */
  readonly canaries?: boolean;
}

/** Memory and the workers that compute in it. Runs, writes and reads take place in the order they are asked for. */
export interface Engine {
  /** Hands out addresses of the memory. It is another heap once the memory has been lost, with all that it held. */
  readonly heap: Heap;
  /** How many threads compute. */
  readonly workers: number;
  /** As much memory as there can be. */
  readonly maxBytes: number;
  /** Takes effect at the next run; the memory stays. */
  configure(settings: EngineSettings): void;
  /** Copies `bytes` to `address`, which no run under way uses. */
  write(address: number, bytes: Uint8Array): void;
  /** A copy of `byteLength` bytes, after the runs that were asked for before. */
  read(address: number, byteLength: number): Promise<ArrayBuffer>;
  /**
   * Runs a program, after those that were asked for before.
   * @throws {WorkerError} if a worker dies; the next run starts new ones.
   * @throws {WorkerStartError} if there are no workers to be had.
   * @throws {OutOfMemoryError} if the memory cannot grow to where the heap ends; nothing has been run then.
   */
  run(program: Program): Promise<void>;
  /** Ends those workers that hold nothing, once nothing runs. The next run starts new ones. */
  rest(): Promise<void>;
}
