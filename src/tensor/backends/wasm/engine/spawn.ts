/** A worker thread of Node or of a browser. */
export interface WorkerHandle {
  post(message: object, transfer?: readonly ArrayBuffer[]): void;
  /** While held, the worker keeps a Node process from ending. A new one is not held. */
  hold(held: boolean): void;
  terminate(): Promise<void>;
}

/** What is called when a worker says something, and when it ends, whyever. */
export interface WorkerEvents<Message> {
  readonly onMessage: (message: Message) => void;
  readonly onEnd: (reason: string) => void;
}

/** Starts a worker that runs `source`. Rejects, or ends the worker, if the platform does not allow it. */
export type Spawn = <Message>(source: string, events: WorkerEvents<Message>) => Promise<WorkerHandle>;

const isNode = typeof process === 'object' && typeof process.versions?.node === 'string';

export const spawnWorker: Spawn = async (source, events) =>
  isNode ? spawnNodeWorker(source, events) : spawnBrowserWorker(source, events);

async function spawnNodeWorker<Message>(
  source: string,
  { onMessage, onEnd }: WorkerEvents<Message>,
): Promise<WorkerHandle> {
  const { Worker } = await import('node:worker_threads');
  // The program's own options, loaders among them, are none of the worker's business.
  const worker = new Worker(source, { eval: true, execArgv: [], name: 'mapache' });
  worker.on('message', onMessage);
  worker.on('error', (error) => onEnd(String(error)));
  worker.on('exit', (code) => onEnd(`it exited with code ${code}`));
  worker.unref();
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    hold: (held) => (held ? worker.ref() : worker.unref()),
    terminate: async () => {
      await worker.terminate();
    },
  };
}

function spawnBrowserWorker<Message>(source: string, { onMessage, onEnd }: WorkerEvents<Message>): WorkerHandle {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: 'mapache' });
  worker.onmessage = ({ data }: MessageEvent<Message>) => {
    URL.revokeObjectURL(url);
    onMessage(data);
  };
  // What a Content-Security-Policy forbids comes without a message.
  worker.onerror = ({ message }) => onEnd(message ?? 'a worker made of a blob: URL was refused');
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    hold: () => {},
    terminate: async () => worker.terminate(),
  };
}
