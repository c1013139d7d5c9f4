import type { WasmBuffer } from './buffer.js';
import type { Engine, Program } from './engine/engine.js';
import { Heap } from './heap.js';

/** The engine's memory as the backend uses it: buffers, one arena for the intermediates of all plans, the program. */
export class Memory {
  readonly heap: Heap;
  #arena: Region = nothing;
  #program: Region = nothing;
  #line: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(readonly engine: Engine) {
    this.heap = new Heap(engine.heapStart, (end) => engine.reserve(end));
  }

  allocate(bytes: number): number {
    return this.heap.allocate(bytes);
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
    this.#arena = this.#grown(this.#arena, bytes);
    return this.#arena.address;
  }

  async run(program: Omit<Program, 'address'>): Promise<void> {
    if (program.instructionCount === 0) return;
    this.#program = this.#grown(this.#program, program.words.byteLength);
    await this.engine.run({ ...program, address: this.#program.address });
  }

  #grown(region: Region, bytes: number): Region {
    if (region.bytes >= bytes) return region;
    if (region.bytes > 0) this.heap.free(region.address);
    return { address: this.heap.allocate(bytes), bytes };
  }

  #free({ address, derived }: WasmBuffer): void {
    this.heap.free(address);
    for (const made of derived.values()) this.heap.free(made);
  }
}

interface Region {
  readonly address: number;
  readonly bytes: number;
}

const nothing: Region = { address: 0, bytes: 0 };
