import { type TypedArray, toTypedArray } from '../../dtype.js';
import type { GpuBuffer } from './buffer.js';
import type { Device } from './device/device.js';
import type { Line } from './line.js';

/** Somebody who waits for numbers. */
interface Waiting {
  readonly buffer: GpuBuffer;
  readonly resolve: (numbers: Promise<TypedArray>) => void;
  readonly reject: (error: unknown) => void;
}

/** Brings numbers back. What is asked for at the same time is on its way at the same time: each wait is a long one. */
export class Reader {
  #waiting: Waiting[] = [];

  constructor(readonly line: Line) {}

  read(buffer: GpuBuffer): Promise<TypedArray> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ buffer, resolve, reject });
      if (this.#waiting.length === 1)
        this.line.next((device) => this.#readAll(device)).catch((error) => this.#fail(error));
    });
  }

  async #readAll(device: Device): Promise<void> {
    const reads = this.#waiting.splice(0).map(({ buffer, resolve }) => {
      const numbers = this.#readOne(device, buffer);
      resolve(numbers);
      return numbers;
    });
    await Promise.allSettled(reads);
  }

  async #readOne(device: Device, buffer: GpuBuffer): Promise<TypedArray> {
    const numbers = await device.read(this.line.place(buffer, device).memory);
    const own = numbers.subarray(0, buffer.size);
    return buffer.dtype === 'float32' ? own.slice() : toTypedArray(buffer.dtype, own);
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
