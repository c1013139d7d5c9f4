import { workerSource } from '../generated/workerSource.js';
import { control, maxPages, pageBytes, reservedPages, scratchBytes } from './control.js';
import type { Engine, Program } from './engine.js';
import { OutOfMemoryError, WorkerError } from './errors.js';
import { engineModule, type RelaxedSimd } from './module.js';
import { spawnWorker, type WorkerHandle } from './spawn.js';

/** The run under way. */
interface Running {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Workers that share one memory with the caller: it writes and reads there itself, they compute. */
export class SharedEngine implements Engine {
  readonly heapStart: number;
  readonly #memory: WebAssembly.Memory;
  readonly #module: WebAssembly.Module;
  #pool: Promise<readonly WorkerHandle[]> | null = null;
  #running: Running | null = null;
  #line: Promise<unknown> = Promise.resolve();

  constructor(
    readonly workers: number,
    relaxedSimd: RelaxedSimd,
  ) {
    this.#module = engineModule(relaxedSimd);
    this.#memory = new WebAssembly.Memory({ initial: reservedPages, maximum: maxPages, shared: true });
    this.heapStart = reservedPages * pageBytes + workers * scratchBytes;
    this.reserve(this.heapStart);
    // Workers take a while to start: they do so while the caller prepares its first plan.
    this.#start();
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

  async run(program: Program): Promise<void> {
    const run = this.#line.then(() => this.#launch(program));
    this.#line = run.catch(() => {});
    return run;
  }

  reserve(end: number): void {
    const missing = Math.ceil((end - this.#memory.buffer.byteLength) / pageBytes);
    if (missing <= 0) return;
    try {
      // More than asked for, so that growing stays rare.
      this.#memory.grow(Math.min(missing + 256, maxPages - this.#memory.buffer.byteLength / pageBytes));
    } catch {
      throw new OutOfMemoryError(end);
    }
    if (this.#memory.buffer.byteLength < end) throw new OutOfMemoryError(end);
  }

  async rest(): Promise<void> {
    await this.#line;
    await this.#stop();
  }

  async #launch(program: Program): Promise<void> {
    const pool = await (this.#pool ?? this.#start());
    const participants = program.parallel ? this.workers : 1;
    const words = new Int32Array(this.#memory.buffer);
    words.set(program.words, program.address / 4);
    words[control.program / 4] = program.address;
    words[control.instructionCount / 4] = program.instructionCount;
    words[control.participants / 4] = participants;
    const leader = pool[0] as WorkerHandle;
    leader.hold();
    try {
      await new Promise<void>((resolve, reject) => {
        this.#running = { resolve, reject };
        for (let worker = 0; worker < participants; worker++) {
          const launch = launchWord(worker);
          Atomics.add(words, launch, 1);
          Atomics.notify(words, launch);
        }
      });
    } finally {
      this.#running = null;
      leader.release();
    }
  }

  #start(): Promise<readonly WorkerHandle[]> {
    const words = new Int32Array(this.#memory.buffer);
    for (const word of [control.arrived, control.passed, control.sleeping]) words[word / 4] = 0;
    const pool = Promise.all(Array.from({ length: this.workers }, (_, worker) => this.#spawn(worker)));
    // Whoever runs something first learns why it did not start.
    pool.catch(() => {
      this.#pool = null;
    });
    this.#pool = pool;
    return pool;
  }

  async #spawn(worker: number): Promise<WorkerHandle> {
    let ready: (handle: WorkerHandle) => void = () => {};
    let failed: (error: Error) => void = () => {};
    const started = new Promise<WorkerHandle>((resolve, reject) => {
      ready = resolve;
      failed = reject;
    });
    const handle = await spawnWorker(workerSource, {
      onMessage: (message) => {
        if (message === 'ready') {
          handle.release();
          ready(handle);
        } else this.#running?.resolve();
      },
      onEnd: (reason) => {
        failed(new WorkerError(-1, reason));
        this.#died(reason);
      },
    });
    handle.hold();
    handle.post({
      module: this.#module,
      memory: this.#memory,
      worker,
      scratch: reservedPages * pageBytes + worker * scratchBytes,
      launched: new Int32Array(this.#memory.buffer)[launchWord(worker)] as number,
    });
    return started;
  }

  /** The others wait for it at a barrier that it will never reach: end them too. */
  #died(reason: string): void {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    const instruction = new Int32Array(this.#memory.buffer)[control.current / 4] as number;
    void this.#stop().then(() => running.reject(new WorkerError(instruction, reason)));
  }

  async #stop(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    const handles = await (pool ?? Promise.resolve([])).catch(() => []);
    await Promise.all(handles.map((handle) => handle.terminate()));
  }
}

function launchWord(worker: number): number {
  return (control.launches + worker * control.launchStride) / 4;
}
