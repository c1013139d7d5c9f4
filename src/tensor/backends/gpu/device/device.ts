import type { GpuMode } from '../options.js';
import type { Dialect } from '../source/dialect.js';
import type { KernelSource } from '../source/kernelBuilder.js';

/** Memory of some quads on a device. */
export interface Memory {
  readonly quads: number;
}

/** A kernel that has been compiled. */
export interface DeviceKernel {
  readonly targets: number;
}

/** What one run of a kernel reads and makes. */
export interface KernelRun {
  readonly inputs: readonly Memory[];
  readonly numbers: readonly number[];
  readonly outputs: readonly Memory[];
}

/** What a device has at this moment, for tests and for those who look for leaks. */
export interface DeviceStatistics {
  /** Memories that somebody holds, and their bytes. */
  readonly held: number;
  readonly heldBytes: number;
  /** Memories kept to be used again, and their bytes. */
  readonly pooled: number;
  readonly pooledBytes: number;
  /** Kernels that exist, and how many were ever compiled. */
  readonly kernels: number;
  readonly compiled: number;
  /** Since the device was opened: runs of kernels, and times that numbers came back. */
  readonly runs: number;
  readonly readbacks: number;
}

/**
 * A graphics processor as GPU.js reaches it in one mode: memory, kernels, and the way back. What is asked of it takes
 * place in the order of the calls.
 */
export interface Device {
  readonly mode: GpuMode;
  readonly dialect: Dialect;
  /** The renderer in words. */
  readonly renderer: string;
  readonly kind: 'software' | 'hardware';
  /** Quads that one memory may have. */
  readonly maxQuads: number;
  /** Whether everything on it has been lost. */
  readonly isLost: boolean;
  /** Memory that belongs to the caller, who gives it back to `release`. What it holds is anything. */
  allocate(quads: number): Memory;
  release(memory: Memory): void;
  /** @param numbers four for each quad */
  write(memory: Memory, numbers: Float32Array): void;
  /** Waits for everything asked for before. */
  read(memory: Memory): Promise<Float32Array>;
  /** A kernel that reads arrays of so many quads. It is compiled if there is none yet. */
  compile(source: KernelSource, inputs: readonly number[]): Promise<DeviceKernel>;
  /** Runs a kernel on as many threads as the outputs have quads. */
  run(kernel: DeviceKernel, run: KernelRun): void;
  /** Changes whenever kernels that were compiled before may be gone. */
  readonly kernelEpoch: number;
  /** Throws what went wrong since the last call. */
  check(): Promise<void>;
  /** Gives back what nobody holds: pooled memory, and kernels. */
  trim(): void;
  /** Ends the device; everything on it is lost. */
  close(): void;
  statistics(): DeviceStatistics;
}
