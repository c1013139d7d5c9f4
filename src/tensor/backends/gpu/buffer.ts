import type { DType, TypedArray } from '../../dtype.js';
import type { DeviceBuffer } from '../../storage.js';
import type { Device, Memory } from './device/device.js';

/** Memory of a device that several buffers may be: values never change, so what is copied may be shared. */
export class SharedMemory {
  #holders = 1;

  constructor(
    readonly device: Device,
    readonly memory: Memory,
  ) {}

  hold(): this {
    this.#holders++;
    return this;
  }

  letGo(): void {
    if (--this.#holders === 0 && !this.device.isLost) this.device.release(this.memory);
  }
}

/** Numbers on a device, or on their way there: a device is opened when the first plan runs. */
export class GpuBuffer implements DeviceBuffer {
  /** `null` while only the host has them. */
  shared: SharedMemory | null = null;

  constructor(
    readonly size: number,
    readonly dtype: DType,
    /** The numbers on the host; forgotten once they are on a device. */
    public host: TypedArray | null,
  ) {}

  static on(shared: SharedMemory, size: number, dtype: DType): GpuBuffer {
    const buffer = new GpuBuffer(size, dtype, null);
    buffer.shared = shared;
    return buffer;
  }
}
