import { getBackend } from 'mapache';
import { WasmBackend } from '../../src/tensor/backends/wasm/backend.js';
import type { Program } from '../../src/tensor/backends/wasm/engine/engine.js';

/** How many workers programs get: only the first, or all. */
export type Workers = 'one' | 'all';

/** The wasm backend, with what only benchmarks need to reach. */
export function wasmBackend(): WasmBackend {
  const backend = getBackend('wasm');
  if (backend instanceof WasmBackend) return backend;
  throw new Error('the wasm backend is another one than the benchmarks know');
}

interface Manner {
  readonly workers: Workers;
  readonly repeats: number;
}

let manner: Manner = { workers: 'all', repeats: 1 };
let isIntercepting = false;

/**
 * Lets `body` run its programs with these workers, each `repeats` times for one launch, so that what launching costs
 * does not hide what a kernel costs.
 */
export async function running<R>(next: Manner, body: () => Promise<R>): Promise<R> {
  intercept();
  const before = manner;
  manner = next;
  try {
    return await body();
  } finally {
    manner = before;
  }
}

function intercept(): void {
  if (isIntercepting) return;
  isIntercepting = true;
  const backend = wasmBackend();
  const { engine } = backend;
  const run = engine.run.bind(engine);
  let room = backend.upload(new Int32Array(1));
  engine.run = (program: Program) => {
    const { workers, repeats } = manner;
    const parallel = program.parallel && workers === 'all';
    if (repeats === 1) return run({ ...program, parallel });
    const words = new Int32Array(program.words.length * repeats);
    for (let i = 0; i < repeats; i++) words.set(program.words, i * program.words.length);
    // The program's own place is only as large as the program.
    if (room.size < words.length) room = backend.upload(words);
    const instructionCount = program.instructionCount * repeats;
    return run({ ...program, words, instructionCount, address: room.address, parallel });
  };
}
