// The script of a worker that shares its memory. It is turned into text and embedded, so it imports nothing.

/** What a worker needs to begin. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly worker: number;
  /** Address of its private memory. */
  readonly scratch: number;
  /** How often this worker's place has been launched before. */
  readonly launched: number;
}

/** What a worker says. */
export type WorkerMessage = 'ready' | 'finished';

interface Port {
  postMessage(message: WorkerMessage): void;
}

/** Node gives workers made of text this function as a global. */
type Require = (name: 'node:worker_threads') => { parentPort: Port & EventEmitterLike };

interface EventEmitterLike {
  once(event: 'message', listener: (start: WorkerStart) => void): void;
}

interface EngineExports {
  serve(worker: number, scratch: number, launched: number): void;
}

function begin(port: Port, { module, memory, worker, scratch, launched }: WorkerStart): void {
  const env = { memory, finished: () => port.postMessage('finished') };
  const instance = new WebAssembly.Instance(module, { env });
  port.postMessage('ready');
  (instance.exports as unknown as EngineExports).serve(worker, scratch, launched);
}

const { require: nodeRequire } = globalThis as { require?: Require };
if (nodeRequire !== undefined) {
  const { parentPort } = nodeRequire('node:worker_threads');
  parentPort.once('message', (start) => begin(parentPort, start));
} else {
  const port = globalThis as unknown as Port & { onmessage: ((event: { data: WorkerStart }) => void) | null };
  port.onmessage = ({ data }) => begin(port, data);
}
