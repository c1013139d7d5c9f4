import type { WorkerMessage, WorkerStart } from './worker.js';

/** A worker thread of Node or of a browser. */
export interface WorkerHandle {
  post(message: WorkerStart): void;
  /** While held, the worker keeps a Node process from ending. */
  hold(): void;
  release(): void;
  terminate(): Promise<void>;
}

/** What is called when a worker says something, and once when it ends, whyever. */
export interface WorkerEvents {
  readonly onMessage: (message: WorkerMessage) => void;
  readonly onEnd: (reason: string) => void;
}

const isNode = typeof process === 'object' && typeof process.versions?.node === 'string';

/** Starts a worker that runs `source`. */
export async function spawnWorker(source: string, events: WorkerEvents): Promise<WorkerHandle> {
  return isNode ? spawnNodeWorker(source, events) : spawnBrowserWorker(source, events);
}

async function spawnNodeWorker(source: string, { onMessage, onEnd }: WorkerEvents): Promise<WorkerHandle> {
  const { Worker } = await import('node:worker_threads');
  // The program's own options, loaders among them, are none of the worker's business.
  const worker = new Worker(source, { eval: true, execArgv: [], name: 'mapache' });
  worker.on('message', onMessage);
  worker.on('error', (error) => onEnd(String(error)));
  worker.on('exit', (code) => onEnd(`it exited with code ${code}`));
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    hold: () => worker.ref(),
    release: () => worker.unref(),
    terminate: async () => {
      await worker.terminate();
    },
  };
}

function spawnBrowserWorker(source: string, { onMessage, onEnd }: WorkerEvents): WorkerHandle {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: 'mapache' });
  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    URL.revokeObjectURL(url);
    onMessage(data);
  };
  worker.onerror = ({ message }) => onEnd(message);
  return {
    post: (message) => worker.postMessage(message),
    hold: () => {},
    release: () => {},
    terminate: async () => worker.terminate(),
  };
}
