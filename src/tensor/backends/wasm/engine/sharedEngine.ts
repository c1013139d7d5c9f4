import { marginOf } from '../canaries.js';
import { Heap } from '../heap.js';
import { control, maxPages, pageBytes, reservedPages, scratchBytes, spareBytes } from './control.js';
import type { Engine, EngineSettings, Program } from './engine.js';
import { OutOfMemoryError, WorkerStallError, WorkerStartError } from './errors.js';
import { engineModule } from './module.js';
import { type Spawn, spawnWorker } from './spawn.js';
import { WorkerPool } from './workerPool.js';

/** Pages to grow by at least, so that growing stays rare. */
const growth = 256;

/** Workers that share one memory with the caller: it writes and reads there itself, they compute. */
export class SharedEngine implements Engine {
  readonly heap: Heap;
  readonly maxBytes: number;
  readonly #memory: WebAssembly.Memory;
  /** Addresses of the workers' private memory, of all that have ever been. */
  readonly #scratch: number[] = [];
  #settings: EngineSettings;
  #pool: WorkerPool;
  #line: Promise<unknown> = Promise.resolve();

  constructor(
    settings: EngineSettings,
    readonly spawn: Spawn = spawnWorker,
  ) {
    this.#settings = settings;
    this.heap = new Heap(reservedPages * pageBytes, (end) => this.#grow(end + spareBytes), marginOf(settings));
    const { memory, maximum } = createMemory();
    this.#memory = memory;
    this.maxBytes = maximum * pageBytes;
    // Workers take a while to start: they do so while the caller prepares its first plan.
    this.#pool = this.#newPool();
  }

  get workers(): number {
    return this.#settings.workers;
  }

  configure(settings: EngineSettings): void {
    const { workers, relaxedSimd } = this.#settings;
    if (settings.workers === workers && settings.relaxedSimd === relaxedSimd) return;
    this.#settings = settings;
    void this.#next(async () => {
      await this.#pool.end();
      this.#pool = this.#newPool();
    });
  }

  write(address: number, bytes: Uint8Array): void {
    new Uint8Array(this.#memory.buffer, address, bytes.length).set(bytes);
  }

  async read(address: number, byteLength: number): Promise<ArrayBuffer> {
    await this.#line;
    const copy = new Uint8Array(byteLength);
    copy.set(new Uint8Array(this.#memory.buffer, address, byteLength));
    return copy.buffer;
  }

  run(program: Program): Promise<void> {
    return this.#next(async () => {
      try {
        await this.#launch(program);
      } catch (error) {
        // Workers that have not even started have computed nothing: others may.
        if (!(error instanceof WorkerStallError) || error.step !== null) throw error;
        await this.#launch(program);
      }
    });
  }

  rest(): Promise<void> {
    return this.#next(() => this.#pool.end());
  }

  /** Does `body` after what was asked for before. */
  #next(body: () => Promise<void>): Promise<void> {
    const turn = this.#line.then(body);
    this.#line = turn.catch(() => {});
    return turn;
  }

  async #launch({ words, address, instructionCount, parallel, stepOf }: Program): Promise<void> {
    if (this.#pool.ended) {
      await this.#pool.end();
      this.#pool = this.#newPool();
    }
    const participants = parallel ? this.#pool.size : 1;
    const memory = new Int32Array(this.#memory.buffer);
    memory.set(words, address / 4);
    memory[control.program / 4] = address;
    memory[control.instructionCount / 4] = instructionCount;
    memory[control.participants / 4] = participants;
    await this.#pool.run(participants, stepOf);
  }

  #newPool(): WorkerPool {
    const { workers, relaxedSimd } = this.#settings;
    while (this.#scratch.length < workers) this.#scratch.push(this.heap.allocate(scratchBytes));
    return new WorkerPool({
      module: engineModule(relaxedSimd, 'shared'),
      memory: this.#memory,
      scratch: this.#scratch.slice(0, workers),
      spawn: this.spawn,
    });
  }

  #grow(end: number): void {
    const missing = Math.ceil((end - this.#memory.buffer.byteLength) / pageBytes);
    if (missing <= 0) return;
    const left = (this.maxBytes - this.#memory.buffer.byteLength) / pageBytes;
    if (missing > left) throw new OutOfMemoryError(end);
    try {
      this.#memory.grow(Math.min(Math.max(missing, growth), left));
    } catch {
      throw new OutOfMemoryError(end);
    }
  }
}

/** Address space is set aside for the maximum at once: as much as the device allows. */
function createMemory(): { readonly memory: WebAssembly.Memory; readonly maximum: number } {
  for (let maximum = maxPages; ; maximum /= 2) {
    try {
      return { memory: new WebAssembly.Memory({ initial: reservedPages, maximum, shared: true }), maximum };
    } catch (error) {
      if (maximum / 2 < reservedPages) throw new WorkerStartError(String(error));
    }
  }
}
