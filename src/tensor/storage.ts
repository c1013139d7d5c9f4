import { dtypeOf, type TypedArray } from './dtype.js';
import { DataLostError } from './errors.js';

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
  /** Whether the numbers are still there; a device may lose what it holds. Freeing lost buffers is harmless. */
  holds(buffer: DeviceBuffer): boolean;
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
  #uploads = 0;
  /** How many plans under way use the numbers; until they are done, what leaves the device waits in `#leaving`. */
  #holders = 0;
  readonly #leaving: Residence[] = [];

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
      const { memory, buffer } = this.#resident();
      this.hold();
      try {
        this.#host = await memory.download(buffer);
      } finally {
        this.letGo();
      }
    }
    return this.#host;
  }

  /**
   * The numbers on a device. The storage keeps ownership of the buffer.
   * @throws {DataLostError} if only a device held them, and lost them.
   */
  async on(memory: DeviceMemory): Promise<DeviceBuffer> {
    await this.#compute();
    if (!this.#isOn(memory)) {
      const host = await this.host();
      // Somebody else may have asked for the same meanwhile.
      if (!this.#isOn(memory)) {
        this.#leaveDevice();
        this.#settle(memory, this.#returning(memory) ?? this.#upload(memory, host));
      }
    }
    return (this.#residence as Residence).buffer;
  }

  /** From now on buffers that `on` gives, or has given, stay where they are, until as many calls of `letGo`. */
  hold(): void {
    this.#holders++;
  }

  letGo(): void {
    if (--this.#holders > 0) return;
    for (const { memory, buffer } of this.#leaving.splice(0)) memory.free(buffer);
  }

  /** Gives device memory back now instead of when the garbage collector notices. Numbers known to the host stay. */
  dispose(): void {
    if (this.#host !== null) this.#leaveDevice();
  }

  /** Disposes of numbers that have been uploaded for the first time: what is used once need not stay, as a batch of data. */
  disposeOnce(): void {
    if (this.#uploads === 1) this.dispose();
  }

  /** Gives the numbers up: nobody else can reach them, and nobody will ask for them again. */
  release(): void {
    this.#leaveDevice();
  }

  async #compute(): Promise<void> {
    if (this.#pending === null) return;
    const compute = this.#pending;
    this.#settling ??= (async () => {
      const computed = await compute();
      this.#host = await computed.host();
      computed.dispose();
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

  #upload(memory: DeviceMemory, host: TypedArray): DeviceBuffer {
    this.#uploads++;
    return memory.upload(host);
  }

  /** A buffer that was to leave, wanted again: two backends that take turns must not pile up copies. */
  #returning(memory: DeviceMemory): DeviceBuffer | null {
    const index = this.#leaving.findIndex((residence) => residence.memory === memory && memory.holds(residence.buffer));
    return index === -1 ? null : (this.#leaving.splice(index, 1)[0] as Residence).buffer;
  }

  #leaveDevice(): void {
    if (this.#residence === null) return;
    const { memory, buffer } = this.#residence;
    forgotten.unregister(this);
    if (this.#holders > 0) this.#leaving.push(this.#residence);
    else memory.free(buffer);
    this.#residence = null;
  }

  #isOn(memory: DeviceMemory): boolean {
    return this.#residence?.memory === memory && memory.holds(this.#residence.buffer);
  }

  /** Where numbers are that the host does not know. */
  #resident(): Residence {
    if (this.#residence === null) throw new Error('storage: it was read after it had been released');
    if (!this.#residence.memory.holds(this.#residence.buffer)) throw new DataLostError('data');
    return this.#residence;
  }
}

/** Two storages hold the same bits if their arrays do. Exported for tests and for saving. */
export function sameBits(a: TypedArray, b: TypedArray): boolean {
  if (dtypeOf(a) !== dtypeOf(b) || a.byteLength !== b.byteLength) return false;
  const left = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const right = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
  return left.every((byte, i) => byte === right[i]);
}
