import { type GpuBuffer, SharedMemory } from './buffer.js';
import type { Device } from './device/device.js';
import { quadsOf } from './source/quads.js';

/** Work on one device at a time, in the order it was asked for. */
export interface Line {
  /** Runs `work` on the open device, after everything asked for before. */
  next<R>(work: (device: Device) => Promise<R>): Promise<R>;
  /** Where the numbers of a buffer are; they are brought there if need be. @throws {DataLostError} */
  place(buffer: GpuBuffer, device: Device): SharedMemory;
}

/** Brings numbers from the host to a device. */
export function bring(buffer: GpuBuffer, device: Device): SharedMemory {
  const quads = quadsOf(buffer.size);
  const memory = device.allocate(quads);
  const numbers = new Float32Array(quads * 4);
  if (buffer.host !== null) numbers.set(buffer.host);
  device.write(memory, numbers);
  return new SharedMemory(device, memory);
}
