export type { Availability } from './availability.js';
export type { Backend, BackendDescription, Executable } from './backend.js';
export {
  DeviceLostError,
  DeviceMemoryError,
  type DeviceStatistics,
  DeviceUnavailableError,
  type GpuMode,
  type GpuOptions,
  gpuStatistics,
  KernelError,
} from './gpu/index.js';
export {
  availableBackends,
  type BackendName,
  type BackendOptions,
  backendNames,
  currentBackend,
  getBackend,
  restBackend,
  useBackend,
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
