export type { Backend, BackendDescription, Executable } from './backend.js';
export {
  type BackendName,
  type BackendOptions,
  backendNames,
  currentBackend,
  getBackend,
  restBackend,
  setBackend,
} from './registry.js';
export {
  OutOfMemoryError,
  OverrunError,
  PlanTooLargeError,
  type WasmOptions,
  WorkerError,
  WorkerStallError,
  WorkerStartError,
} from './wasm/index.js';
