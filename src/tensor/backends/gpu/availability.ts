import type { Availability } from '../availability.js';
import type { Device } from './device/device.js';
import { DeviceUnavailableError } from './device/errors.js';
import { openDevice } from './openDevice.js';
import { type GpuMode, gpuModes } from './options.js';

/** What is known of each mode: asking again would open and close another device. */
const known = new Map<GpuMode, Availability<'gpu', GpuMode>>();

/** Each mode, with its renderer or why there is none. `open` is a device that is open already. */
export async function gpuAvailability(open: Device | null): Promise<readonly Availability<'gpu', GpuMode>[]> {
  const modes: Availability<'gpu', GpuMode>[] = [];
  // One after the other: browsers allow few contexts at a time.
  for (const mode of gpuModes) {
    const found = known.get(mode) ?? (await probe(mode, open));
    known.set(mode, found);
    modes.push(found);
  }
  return modes;
}

async function probe(mode: GpuMode, open: Device | null): Promise<Availability<'gpu', GpuMode>> {
  const isOpen = open?.mode === mode && !open.isLost;
  try {
    const device = isOpen ? open : await openDevice(mode);
    const { renderer, kind } = device;
    if (!isOpen) device.close();
    return { backend: 'gpu', mode, isAvailable: true, device: renderer, kind };
  } catch (error) {
    if (!(error instanceof DeviceUnavailableError)) throw error;
    return { backend: 'gpu', mode, isAvailable: false, device: '', kind: 'software', reason: error.received };
  }
}
