// The script of a worker that has the memory to itself. It is turned into text and embedded, so it imports nothing.

/** What it is asked for, in order. Requests with an `id` are answered with it. */
export type RemoteRequest =
  /** Comes first, and again whenever another build of the engine shall run. */
  | { readonly kind: 'module'; readonly module: WebAssembly.Module; readonly layout: RemoteLayout }
  | { readonly kind: 'write'; readonly address: number; readonly bytes: Uint8Array }
  | { readonly kind: 'read'; readonly id: number; readonly address: number; readonly byteLength: number }
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly words: Int32Array;
      readonly address: number;
      readonly instructionCount: number;
      /** Every address that the program uses is below. */
      readonly end: number;
    };

/** Where the engine has its things, which this file cannot import. */
export interface RemoteLayout {
  readonly initialPages: number;
  readonly maxPages: number;
  readonly pageBytes: number;
  readonly scratch: number;
  /** Indices of words. */
  readonly program: number;
  readonly instructionCount: number;
  readonly participants: number;
  readonly instruction: number;
}

export type RemoteReply =
  /** A module has been loaded. */
  | { readonly kind: 'ready' }
  | { readonly id: number; readonly kind: 'done' }
  | { readonly id: number; readonly kind: 'bytes'; readonly bytes: ArrayBuffer }
  /** The memory cannot grow that far; nothing has been run. */
  | { readonly id: number; readonly kind: 'outOfMemory'; readonly end: number }
  /** The program did what it must not; the memory is still there. */
  | { readonly id: number; readonly kind: 'trapped'; readonly instruction: number; readonly reason: string };

interface Port {
  postMessage(reply: RemoteReply, transfer: readonly ArrayBuffer[]): void;
}

type Require = (name: 'node:worker_threads') => { parentPort: Port & EventEmitterLike };

interface EventEmitterLike {
  on(event: 'message', listener: (request: RemoteRequest) => void): void;
}

interface Machine {
  readonly memory: WebAssembly.Memory;
  readonly layout: RemoteLayout;
  runAlone(scratch: number): void;
}

let machine: Machine | null = null;

/** Memory with the largest maximum the device can set address space aside for. */
function createMemory({ initialPages, maxPages }: RemoteLayout): WebAssembly.Memory {
  for (let maximum = maxPages; ; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial: initialPages, maximum });
    } catch (error) {
      if (maximum / 2 < initialPages) throw error;
    }
  }
}

function load(module: WebAssembly.Module, layout: RemoteLayout): Machine {
  const memory = machine?.memory ?? createMemory(layout);
  const { exports } = new WebAssembly.Instance(module, { env: { memory, finished: () => {} } });
  return { memory, layout, runAlone: exports.runAlone as Machine['runAlone'] };
}

function growTo({ memory, layout }: Machine, end: number): void {
  const missing = Math.ceil((end - memory.buffer.byteLength) / layout.pageBytes);
  if (missing > 0) memory.grow(missing);
}

function run(request: RemoteRequest & { kind: 'run' }): RemoteReply {
  const { id, words, address, instructionCount, end } = request;
  const { memory, layout, runAlone } = machine as Machine;
  try {
    growTo(machine as Machine, end);
  } catch {
    return { id, kind: 'outOfMemory', end };
  }
  const view = new Int32Array(memory.buffer);
  view.set(words, address / 4);
  view[layout.program] = address;
  view[layout.instructionCount] = instructionCount;
  view[layout.participants] = 1;
  try {
    runAlone(layout.scratch);
  } catch (error) {
    return { id, kind: 'trapped', instruction: view[layout.instruction] as number, reason: String(error) };
  }
  return { id, kind: 'done' };
}

function answer(port: Port, request: RemoteRequest): void {
  switch (request.kind) {
    case 'module':
      machine = load(request.module, request.layout);
      port.postMessage({ kind: 'ready' }, []);
      break;
    case 'write': {
      // A write that does not fit ends this worker: what comes after would compute with other numbers.
      growTo(machine as Machine, request.address + request.bytes.length);
      new Uint8Array((machine as Machine).memory.buffer).set(request.bytes, request.address);
      break;
    }
    case 'read': {
      const { id, address, byteLength } = request;
      const bytes = (machine as Machine).memory.buffer.slice(address, address + byteLength);
      port.postMessage({ id, kind: 'bytes', bytes }, [bytes]);
      break;
    }
    case 'run':
      port.postMessage(run(request), []);
      break;
    default:
      throw new Error(`unknown request ${request satisfies never}`);
  }
}

const { require: nodeRequire } = globalThis as { require?: Require };
if (nodeRequire !== undefined) {
  const { parentPort } = nodeRequire('node:worker_threads');
  parentPort.on('message', (request) => answer(parentPort, request));
} else {
  const port = globalThis as unknown as Port & { onmessage: ((event: { data: RemoteRequest }) => void) | null };
  port.onmessage = ({ data }) => answer(port, data);
}
