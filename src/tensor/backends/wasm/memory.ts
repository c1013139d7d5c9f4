import { bytesPerElement, type DType } from '../../dtype.js';
import { DataLostError } from '../../errors.js';
import { WasmBuffer } from './buffer.js';
import { type Stretch, watched } from './canaries.js';
import type { Engine, Program } from './engine/engine.js';
import type { Heap } from './heap.js';
import { Region } from './region.js';

/** A program that waits for a place of its own. */
export interface PlacedProgram extends Omit<Program, 'address'> {
  /** What it stores in, if the heap keeps margins. */
  readonly stretches: readonly Stretch[];
}

/** The engine's memory as the backend uses it: buffers, one arena for the intermediates of all plans, the program. */
export class Memory {
  readonly #arena = new Region();
  readonly #program = new Region();
  #line: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(readonly engine: Engine) {}

  get heap(): Heap {
    return this.engine.heap;
  }

  /** A buffer that holds anything. */
  createBuffer(size: number, dtype: DType): WasmBuffer {
    const { heap } = this;
    const bytes = size * bytesPerElement(dtype);
    const buffer = new WasmBuffer(heap, heap.allocate(bytes), size, dtype);
    this.#spoil(buffer.address, bytes);
    return buffer;
  }

  /** Whether the numbers are still there: an engine may lose its memory. */
  holds(buffer: WasmBuffer): boolean {
    return buffer.heap === this.heap;
  }

  /** @throws {DataLostError} if the memory has been lost since they were bound. */
  checkHeld(operation: string, buffers: readonly WasmBuffer[]): void {
    if (!buffers.every((buffer) => this.holds(buffer))) throw new DataLostError(operation);
  }

  /** Takes back a buffer and what was made of it, once the runs that were started before are done. */
  release(buffer: WasmBuffer): void {
    if (this.#waiting > 0) void this.#line.then(() => this.#free(buffer));
    else this.#free(buffer);
  }

  /** Runs `body` after those before it: the arena and the program belong to one run at a time. */
  async exclusively<R>(body: () => Promise<R>): Promise<R> {
    this.#waiting++;
    const turn = this.#line.then(body);
    this.#line = turn.catch(() => {}).finally(() => this.#waiting--);
    return turn;
  }

  /** The address of the arena, which holds at least `bytes`. */
  reserveArena(bytes: number): number {
    const address = this.#arena.reserve(this.heap, bytes);
    this.#spoil(address, bytes);
    return address;
  }

  async run({ stretches, ...program }: PlacedProgram): Promise<void> {
    if (program.instructionCount === 0) return;
    const address = this.#program.reserve(this.heap, program.words.byteLength);
    const run = (): Promise<void> => this.engine.run({ ...program, address });
    await (this.heap.margin === 0 ? run() : watched(this.engine, stretches, run));
  }

  #free({ heap, address, size, dtype, derived }: WasmBuffer): void {
    if (heap === this.heap) this.#spoil(address, size * bytesPerElement(dtype));
    heap.free(address);
    for (const made of derived.values()) heap.free(made);
  }

  /** With canaries, memory that nobody has stored anything in yet, or any more, holds NaN: reading it shows. */
  #spoil(address: number, bytes: number): void {
    if (this.heap.margin > 0) this.engine.write(address, new Uint8Array(bytes).fill(0xff));
  }
}
