import { dtypeOf, type TypedArray } from './dtype.js';

/** Numbers held by a backend. What is inside is the backend's own business. */
export interface DeviceBuffer {
  readonly size: number;
}

/** The part of a backend that moves numbers. Whoever calls `upload` owns the buffer and must `free` it once. */
export interface DeviceMemory {
  /** Copies `array` to the device. */
  upload(array: TypedArray): DeviceBuffer;
  /** Copies a buffer back; waits for runs that were started before. */
  download(buffer: DeviceBuffer): Promise<TypedArray>;
  /** Gives the buffer back. Runs that were started before may still read it. */
  free(buffer: DeviceBuffer): void;
}

interface Residence {
  readonly memory: DeviceMemory;
  readonly buffer: DeviceBuffer;
}

/** Returns device memory whose storage nobody can reach any more. */
const forgotten = new FinalizationRegistry<Residence>(({ memory, buffer }) => memory.free(buffer));

/**
 * Where a tensor's numbers are: on the host, on a device, both, or still to be computed. Each is filled in from the
 * others when somebody asks, and kept.
 */
export class Storage {
  #host: TypedArray | null = null;
  #residence: Residence | null = null;
  #pending: (() => Promise<Storage>) | null = null;
  #settling: Promise<void> | null = null;

  private constructor() {}

  /** Takes `array` over: the caller must not write to it afterwards. */
  static fromHost(array: TypedArray): Storage {
    const storage = new Storage();
    storage.#host = array;
    return storage;
  }

  /** Takes ownership of `buffer`. */
  static fromDevice(memory: DeviceMemory, buffer: DeviceBuffer): Storage {
    const storage = new Storage();
    storage.#settle(memory, buffer);
    return storage;
  }

  /** Numbers that `compute` will deliver the first time they are needed; it is then forgotten. */
  static lazy(compute: () => Promise<Storage>): Storage {
    const storage = new Storage();
    storage.#pending = compute;
    return storage;
  }

  /** The numbers, if they are on the host already. Do not write to them. */
  get known(): TypedArray | null {
    return this.#host;
  }

  /** The numbers on the host. The array is shared: do not write to it. */
  async host(): Promise<TypedArray> {
    await this.#compute();
    if (this.#host === null) {
      const { memory, buffer } = this.#residence as Residence;
      this.#host = await memory.download(buffer);
    }
    return this.#host;
  }

  /** The numbers on a device. The storage keeps ownership of the buffer. */
  async on(memory: DeviceMemory): Promise<DeviceBuffer> {
    await this.#compute();
    if (this.#residence?.memory !== memory) {
      const host = await this.host();
      this.#leaveDevice();
      this.#settle(memory, memory.upload(host));
    }
    return (this.#residence as Residence).buffer;
  }

  /** Gives device memory back now instead of when the garbage collector notices. Numbers known to the host stay. */
  dispose(): void {
    if (this.#host !== null) this.#leaveDevice();
  }

  async #compute(): Promise<void> {
    if (this.#pending === null) return;
    const compute = this.#pending;
    this.#settling ??= (async () => {
      const computed = await compute();
      this.#host = await computed.host();
      this.#pending = null;
    })().finally(() => {
      this.#settling = null;
    });
    await this.#settling;
  }

  #settle(memory: DeviceMemory, buffer: DeviceBuffer): void {
    this.#residence = { memory, buffer };
    forgotten.register(this, this.#residence, this);
  }

  #leaveDevice(): void {
    if (this.#residence === null) return;
    forgotten.unregister(this);
    this.#residence.memory.free(this.#residence.buffer);
    this.#residence = null;
  }
}

/** Two storages hold the same bits if their arrays do. Exported for tests and for saving. */
export function sameBits(a: TypedArray, b: TypedArray): boolean {
  if (dtypeOf(a) !== dtypeOf(b) || a.byteLength !== b.byteLength) return false;
  const left = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const right = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
  return left.every((byte, i) => byte === right[i]);
}
