import type { Availability } from '../availability.js';
import { gpuAvailability } from './availability.js';
import { GpuBackend } from './backend.js';
import type { DeviceStatistics } from './device/device.js';
import type { GpuMode, GpuOptions } from './options.js';

/** The one that was made; there is never a second. */
let made: GpuBackend | null = null;

export function createGpuBackend(options: GpuOptions): GpuBackend {
  made = new GpuBackend(options);
  return made;
}

/** Each way to a graphics processor, with its renderer or why there is none. */
export function availableModes(): Promise<readonly Availability<'gpu', GpuMode>[]> {
  return gpuAvailability(made?.device ?? null);
}

/**
 * What the device of the gpu backend holds, and what it has done since it was opened; `null` if none is open. Memory that
 * is held grows only with what is alive: variables, and results that somebody may still read.
 */
export function gpuStatistics(): DeviceStatistics | null {
  return made?.statistics() ?? null;
}

export type { DeviceStatistics } from './device/device.js';
export { DeviceLostError, DeviceMemoryError, DeviceUnavailableError, KernelError } from './device/errors.js';
export type { GpuMode, GpuOptions } from './options.js';
