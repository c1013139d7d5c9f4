import type { Device } from './device/device.js';
import type { GpuMode } from './options.js';

/**
 * Opens a device of the mode, or the first there is. What that takes is a chunk of its own: pages that compute elsewhere
 * never download it.
 * @throws {DeviceUnavailableError} if there is none.
 */
export async function openDevice(mode: GpuMode | null): Promise<Device> {
  const device = await import('./device/open.js');
  return device.openDevice(mode);
}
