import type { Configurable } from '../backend.js';
import { WasmBackend } from './backend.js';
import type { WasmOptions } from './options.js';

export function createWasmBackend(options: WasmOptions): Configurable<WasmOptions> {
  return new WasmBackend(options);
}

export { OverrunError } from './canaries.js';
export { OutOfMemoryError, WorkerError, WorkerStallError, WorkerStartError } from './engine/errors.js';
export type { WasmOptions } from './options.js';
export { PlanTooLargeError } from './planTooLargeError.js';
