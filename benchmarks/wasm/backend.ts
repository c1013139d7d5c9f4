import { getBackend } from 'mapache';
import { WasmBackend } from '../../src/tensor/backends/wasm/backend.js';

/** The wasm backend, with what only benchmarks need to reach. */
export function wasmBackend(): WasmBackend {
  const backend = getBackend('wasm');
  if (backend instanceof WasmBackend) return backend;
  throw new Error('the wasm backend is another one than the benchmarks know');
}

/** How many workers programs get: only the first, or all. */
export type Workers = 'one' | 'all';

let chosen: Workers = 'all';
let limited = false;

/** Settles how many workers take part in what runs from now on. */
export function useWorkers(workers: Workers): void {
  chosen = workers;
  if (limited) return;
  limited = true;
  const { engine } = wasmBackend();
  const run = engine.run.bind(engine);
  engine.run = (program) => run({ ...program, parallel: program.parallel && chosen === 'all' });
}
