import { workerSource } from '../generated/workerSource.js';
import { control, instructionWord, launchWord } from './control.js';
import { WorkerError, WorkerStallError, WorkerStartError } from './errors.js';
import type { Spawn, WorkerHandle } from './spawn.js';
import type { WorkerMessage } from './worker.js';

/** What the workers of a pool have in common. */
export interface PoolParts {
  readonly module: Promise<WebAssembly.Module>;
  readonly memory: WebAssembly.Memory;
  /** Addresses of each worker's private memory: as many workers as there are. */
  readonly scratch: readonly number[];
  readonly spawn: Spawn;
}

/** How often the caller looks whether the workers get on, and how long they may stand still, in milliseconds. */
const heartbeat = 1000;
const patience = { start: 20_000, run: 120_000 } as const;

type Settle = (error: Error | null) => void;

/**
 * Workers that share one memory, and live and die together: they wait for each other at barriers, so if one is gone the
 * others would wait forever.
 */
export class WorkerPool {
  readonly #parts: PoolParts;
  readonly #handles: WorkerHandle[] = [];
  readonly #started: Promise<void>;
  /** Settles whoever waits for the workers: for their start, then for a run. */
  #settle: Settle | null = null;
  #stepOf: (instruction: number) => string = String;
  #held = false;
  #ready = 0;
  #end: Promise<void> | null = null;

  constructor(parts: PoolParts) {
    this.#parts = parts;
    const words = this.#words;
    for (const word of [control.arrived, control.passed, control.sleeping]) words[word / 4] = 0;
    this.#started = this.#awaitSettled(patience.start, () => {
      parts.scratch.forEach((_, worker) => void this.#spawn(worker));
    });
    // Whoever runs something learns why it did not start.
    this.#started.catch(() => {});
  }

  get size(): number {
    return this.#parts.scratch.length;
  }

  /** Whether a worker has died, or all have been ended. */
  get ended(): boolean {
    return this.#end !== null;
  }

  /** Launches the first `participants` workers; the program is in memory. One run at a time. */
  async run(participants: number, stepOf: (instruction: number) => string): Promise<void> {
    this.#hold(true);
    try {
      await this.#started;
      if (this.ended) throw new WorkerError(null, 'it ended before it began');
      const words = this.#words;
      this.#stepOf = stepOf;
      await this.#awaitSettled(patience.run, () => {
        for (let worker = 0; worker < participants; worker++) {
          Atomics.add(words, launchWord(worker), 1);
          Atomics.notify(words, launchWord(worker));
        }
      });
    } finally {
      this.#hold(false);
    }
  }

  /** Ends all workers, whatever they are doing. */
  end(): Promise<void> {
    this.#end ??= Promise.all(this.#handles.map((handle) => handle.terminate())).then(() => {});
    return this.#end;
  }

  /** The memory in words; another array whenever the memory has grown. */
  get #words(): Int32Array {
    return new Int32Array(this.#parts.memory.buffer);
  }

  /** Does `begin` and waits until the workers, or their end, say that it is done. They end if they get nowhere. */
  async #awaitSettled(limit: number, begin: () => void): Promise<void> {
    const watch = this.#watch(limit);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#settle = (error) => {
          this.#settle = null;
          if (error === null) resolve();
          else reject(error);
        };
        begin();
      });
    } finally {
      clearInterval(watch);
    }
  }

  /**
   * Wakes the workers now and then, in case the platform has lost a call, and ends them when nothing has changed for
   * `limit` milliseconds: an error is better than to wait for ever.
   */
  #watch(limit: number): ReturnType<typeof setInterval> {
    let seen = this.#progress();
    let quiet = 0;
    const watch = setInterval(() => {
      const progress = this.#progress();
      quiet = progress === seen ? quiet + heartbeat : 0;
      seen = progress;
      const words = this.#words;
      Atomics.notify(words, control.passed / 4);
      for (let worker = 0; worker < this.size; worker++) Atomics.notify(words, launchWord(worker));
      if (quiet >= limit) this.#giveUp(`nothing has happened for ${limit / 1000} s: ${progress}`);
    }, heartbeat);
    // It is the workers that keep a Node process alive, while somebody waits for them.
    if (typeof watch === 'object') watch.unref();
    return watch;
  }

  /** Where the workers are, in words. */
  #progress(): string {
    const words = this.#words;
    const at = (address: number): number => Atomics.load(words, address / 4);
    const lines = this.#parts.scratch.map((_, worker) => {
      return `launched ${Atomics.load(words, launchWord(worker))}, at ${Atomics.load(words, instructionWord(worker))}`;
    });
    const barrier = `${at(control.arrived)} arrived, ${at(control.passed)} passed, ${at(control.sleeping)} asleep`;
    return `${this.#ready} of ${this.size} started; barrier: ${barrier}; workers: ${lines.join('; ')}`;
  }

  #giveUp(reason: string): void {
    if (this.ended) return;
    const starting = this.#ready < this.size;
    const step = starting ? null : this.#stepOf(this.#words[instructionWord(0)] as number);
    this.#endWith(new WorkerStallError(step, reason));
  }

  async #spawn(worker: number): Promise<void> {
    const { module, memory, scratch, spawn } = this.#parts;
    try {
      const handle = await spawn<WorkerMessage>(workerSource, {
        onMessage: (message) => this.#heard(message),
        onEnd: (reason) => this.#lost(worker, reason),
      });
      this.#handles.push(handle);
      // The end came while it started.
      if (this.ended) {
        await handle.terminate();
        return;
      }
      handle.hold(this.#held);
      const compiled = await module;
      if (this.ended) return;
      const launched = this.#words[launchWord(worker)] as number;
      handle.post({ module: compiled, memory, worker, scratch: scratch[worker] as number, launched });
    } catch (error) {
      this.#lost(worker, String(error));
    }
  }

  #heard(message: WorkerMessage): void {
    if (message === 'finished') {
      // Whoever heard of a run that is over once more would read results before they are there.
      const words = this.#words;
      if (Atomics.load(words, control.done / 4) === Atomics.load(words, launchWord(0))) this.#settle?.(null);
    } else if (++this.#ready === this.size) this.#settle?.(null);
  }

  #lost(worker: number, reason: string): void {
    if (this.ended) return;
    const instruction = this.#words[instructionWord(worker)] as number;
    const starting = this.#ready < this.size;
    this.#endWith(starting ? new WorkerStartError(reason) : new WorkerError(this.#stepOf(instruction), reason));
  }

  #endWith(error: Error): void {
    const settle = this.#settle;
    // Nobody computes any more when the caller hears of it.
    void this.end().then(() => settle?.(error));
  }

  /** One worker that is held keeps the process alive for all. */
  #hold(held: boolean): void {
    this.#held = held;
    for (const handle of this.#handles) handle.hold(held);
  }
}
