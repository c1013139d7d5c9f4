import { marginOf } from '../canaries.js';
import { remoteWorkerSource } from '../generated/remoteWorkerSource.js';
import { Heap } from '../heap.js';
import { control, instructionWord, maxPages, pageBytes, reservedPages, scratchBytes, spareBytes } from './control.js';
import type { Engine, EngineSettings, Program } from './engine.js';
import { OutOfMemoryError, WorkerError, WorkerStartError } from './errors.js';
import { engineModule } from './module.js';
import type { RemoteLayout, RemoteReply, RemoteRequest } from './remoteWorker.js';
import { type Spawn, spawnWorker, type WorkerHandle } from './spawn.js';

const scratch = reservedPages * pageBytes;

const layout: RemoteLayout = {
  initialPages: reservedPages + scratchBytes / pageBytes,
  maxPages,
  pageBytes,
  scratch,
  program: control.program / 4,
  instructionCount: control.instructionCount / 4,
  participants: control.participants / 4,
  instruction: instructionWord(0),
};

/** A request whose answer somebody waits for. */
interface Asked {
  readonly resolve: (bytes: ArrayBuffer) => void;
  readonly reject: (error: Error) => void;
  readonly stepOf: Program['stepOf'];
}

const nothing = new ArrayBuffer(0);

/**
 * One worker that has the memory to itself, and is told by messages what to do: for pages that may not share memory
 * because they are not isolated from other origins. If the worker dies its memory is gone, and the heap with it.
 */
export class RemoteEngine implements Engine {
  readonly workers = 1;
  readonly maxBytes = maxPages * pageBytes;
  readonly #asked = new Map<number, Asked>();
  #heap: Heap;
  #nextId = 0;
  #last: Promise<unknown> = Promise.resolve();
  #settings: EngineSettings;
  /** The worker as it comes into being, and once it has been sent the module that it is to run. */
  #spawned: Promise<WorkerHandle> | null = null;
  #worker: Promise<WorkerHandle> | null = null;
  #ready = false;

  constructor(
    settings: EngineSettings,
    readonly spawn: Spawn = spawnWorker,
  ) {
    this.#settings = settings;
    this.#heap = this.#newHeap();
    void this.#start();
  }

  get heap(): Heap {
    return this.#heap;
  }

  configure(settings: EngineSettings): void {
    const changed = settings.relaxedSimd !== this.#settings.relaxedSimd;
    this.#settings = settings;
    if (changed && this.#worker !== null && this.#spawned !== null) void this.#sendModule(this.#worker, this.#spawned);
  }

  write(address: number, bytes: Uint8Array): void {
    const copy = bytes.slice();
    this.#send({ kind: 'write', address, bytes: copy }, [copy.buffer]);
  }

  read(address: number, byteLength: number): Promise<ArrayBuffer> {
    return this.#ask(String, (id) => this.#send({ kind: 'read', id, address, byteLength }));
  }

  async run({ words, address, instructionCount, stepOf }: Program): Promise<void> {
    const end = this.heap.end + spareBytes;
    await this.#ask(stepOf, (id) => this.#send({ kind: 'run', id, words, address, instructionCount, end }));
  }

  /** The worker stays: it holds the memory. */
  async rest(): Promise<void> {
    await this.#last;
  }

  #ask(stepOf: Program['stepOf'], send: (id: number) => void): Promise<ArrayBuffer> {
    const id = this.#nextId++;
    const answer = new Promise<ArrayBuffer>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject, stepOf });
      send(id);
      this.#hold();
    });
    this.#last = answer.catch(() => {});
    return answer;
  }

  #send(request: RemoteRequest, transfer: readonly ArrayBuffer[] = []): void {
    post(this.#worker ?? this.#start(), request, transfer);
  }

  #start(): Promise<WorkerHandle> {
    const spawned = this.spawn<RemoteReply>(remoteWorkerSource, {
      onMessage: (reply) => this.#heard(reply),
      onEnd: (reason) => this.#died(spawned, reason),
    });
    this.#spawned = spawned;
    this.#ready = false;
    return this.#sendModule(spawned, spawned);
  }

  #sendModule(worker: Promise<WorkerHandle>, spawned: Promise<WorkerHandle>): Promise<WorkerHandle> {
    const ready = this.#withModule(worker);
    ready.catch((error) => this.#died(spawned, String(error)));
    this.#worker = ready;
    return ready;
  }

  /** The worker once it has a module: what is sent to it from now on comes after. */
  async #withModule(worker: Promise<WorkerHandle>): Promise<WorkerHandle> {
    const [handle, module] = await Promise.all([worker, engineModule(this.#settings.relaxedSimd, 'own')]);
    handle.post({ kind: 'module', module, layout } satisfies RemoteRequest);
    return handle;
  }

  #heard(reply: RemoteReply): void {
    if (reply.kind === 'ready') {
      this.#ready = true;
      return;
    }
    const { resolve, reject, stepOf } = this.#asked.get(reply.id) as Asked;
    this.#asked.delete(reply.id);
    this.#hold();
    switch (reply.kind) {
      case 'done':
        resolve(nothing);
        break;
      case 'bytes':
        resolve(reply.bytes);
        break;
      case 'outOfMemory':
        reject(new OutOfMemoryError(reply.end));
        break;
      case 'trapped':
        reject(new WorkerError(stepOf(reply.instruction), reply.reason));
        break;
      default:
        throw new Error(`unknown reply ${reply satisfies never}`);
    }
  }

  /** The worker grows its memory itself, as far as the heap reaches when it runs or writes something. */
  #newHeap(): Heap {
    const grow = (end: number): void => {
      if (end + spareBytes > this.maxBytes) throw new OutOfMemoryError(end);
    };
    return new Heap(scratch + scratchBytes, grow, marginOf(this.#settings));
  }

  #died(worker: Promise<WorkerHandle>, reason: string): void {
    if (worker !== this.#spawned) return;
    // In a browser it may have failed without ending.
    worker.then((handle) => handle.terminate()).catch(() => {});
    this.#spawned = null;
    this.#worker = null;
    this.#heap = this.#newHeap();
    const error = this.#ready ? new WorkerError(null, reason, lossRemedy) : new WorkerStartError(reason);
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of asked) reject(error);
  }

  /** A Node process waits for answers that somebody waits for. */
  #hold(): void {
    const held = this.#asked.size > 0;
    this.#worker?.then((handle) => handle.hold(held)).catch(() => {});
  }
}

const lossRemedy = 'Call again: a new worker is started. Numbers that only it held are lost: load the weights again.';

/** Messages arrive in the order they are posted in; whoever waits for an answer learns of a worker that never was. */
function post(worker: Promise<WorkerHandle>, request: RemoteRequest, transfer: readonly ArrayBuffer[]): void {
  worker.then((handle) => handle.post(request, transfer)).catch(() => {});
}
