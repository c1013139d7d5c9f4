import type { TypedArray } from '../../dtype.js';
import type { DeviceBuffer } from '../../storage.js';

/** Numbers where JavaScript has them anyway. */
export class HostBuffer implements DeviceBuffer {
  constructor(readonly array: TypedArray) {}

  get size(): number {
    return this.array.length;
  }
}
