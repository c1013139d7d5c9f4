import { allocate, dtypeOf, type TypedArray } from '../../dtype.js';
import { ArgumentError, DataLostError } from '../../errors.js';
import type { Plan } from '../../plan/index.js';
import type { BackendDescription, Configurable, Executable } from '../backend.js';
import { GpuBuffer, type SharedMemory } from './buffer.js';
import type { Device, DeviceStatistics } from './device/device.js';
import { DeviceLostError } from './device/errors.js';
import { bring, type Line } from './line.js';
import { openDevice } from './openDevice.js';
import { type GpuMode, type GpuOptions, readMode } from './options.js';
import { Reader } from './reader.js';
import { gpuStyle } from './style.js';

/** What values of one plan may take together: more than most devices have, as none of them says what it has. */
const maxBytes = 2 ** 34;

/** Whole numbers beyond this are not exact as float32, which is all that kernels know. */
const largestExact = 2 ** 24;

/**
 * GPU.js kernels on WebGPU, WebGL 2 or headless GL. Parameters stay on the device; a device is opened when the first plan
 * runs, and again after it has been lost.
 */
export class GpuBackend implements Configurable<GpuOptions>, Line {
  readonly style = gpuStyle;
  #mode: GpuMode | null;
  #device: Device | null = null;
  #opening: Promise<Device> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  readonly #reader = new Reader(this);

  constructor(
    options: GpuOptions = {},
    readonly open: (mode: GpuMode | null) => Promise<Device> = openDevice,
  ) {
    this.#mode = readMode(options, null);
  }

  /** Another mode is another device: what is only on the present one is lost. */
  configure(options: GpuOptions): void {
    const mode = readMode(options, this.#mode);
    if (mode === this.#mode) return;
    this.#mode = mode;
    const before = this.#opening;
    this.#device = null;
    this.#opening = null;
    // It may still be on its way, or never come.
    const close = async (): Promise<void> => (await before)?.close();
    this.#last.then(close).catch(() => {});
  }

  /** The device that is open. */
  get device(): Device | null {
    return this.#device;
  }

  describe(): BackendDescription {
    const device = this.#device;
    if (device === null) {
      const name = this.#mode ?? 'webgpu, webgl2 or headlessgl';
      return { name: 'gpu', device: `${name}, not opened yet`, kind: 'software', maxBytes };
    }
    return { name: 'gpu', device: `${device.mode}: ${device.renderer}`, kind: device.kind, maxBytes };
  }

  upload(array: TypedArray): GpuBuffer {
    const dtype = dtypeOf(array);
    const tooLarge = dtype === 'int32' ? array.find((value) => Math.abs(value) > largestExact) : undefined;
    if (tooLarge !== undefined) {
      throw new ArgumentError({
        operation: 'gpu backend',
        expected: `whole numbers up to ${largestExact}, which float32 holds exactly`,
        received: String(tooLarge),
        remedy: "Use setBackend('wasm') for larger ones.",
      });
    }
    return new GpuBuffer(array.length, dtype, array);
  }

  async download(buffer: GpuBuffer): Promise<TypedArray> {
    if (buffer.host !== null) return buffer.host;
    if (buffer.size === 0) return allocate(buffer.dtype, 0);
    return this.#reader.read(buffer);
  }

  free(buffer: GpuBuffer): void {
    // Runs that were started before may still read it.
    void this.#last.then(() => {
      buffer.host = null;
      buffer.shared?.letGo();
      buffer.shared = null;
    });
  }

  holds({ host, shared, size }: GpuBuffer): boolean {
    return host !== null || size === 0 || (shared !== null && shared.device === this.#device && !shared.device.isLost);
  }

  async prepare(plan: Plan): Promise<Executable> {
    const { checkPlan, GpuExecutable } = await import('./executable.js');
    checkPlan(plan, maxBytes);
    return new GpuExecutable(plan, this);
  }

  /** Gives back pooled memory and kernels, which are compiled again when they are needed. */
  async rest(): Promise<void> {
    await this.#last;
    this.#device?.trim();
  }

  /** What the open device has; `null` if none is open. */
  statistics(): DeviceStatistics | null {
    return this.#device?.statistics() ?? null;
  }

  async next<R>(work: (device: Device) => Promise<R>): Promise<R> {
    const run = this.#last.then(async () => {
      const device = await this.#acquire();
      try {
        return await work(device);
      } catch (error) {
        throw device.isLost && !(error instanceof DataLostError) ? new DeviceLostError(device.mode) : error;
      }
    });
    this.#last = run.catch(() => {});
    return run;
  }

  place(buffer: GpuBuffer, device: Device): SharedMemory {
    const { shared } = buffer;
    if (shared !== null && shared.device === device) return shared;
    if (buffer.host === null && buffer.size > 0) throw new DataLostError('gpu backend');
    const brought = bring(buffer, device);
    buffer.shared = brought;
    buffer.host = null;
    return brought;
  }

  async #acquire(): Promise<Device> {
    if (this.#device?.isLost === true) {
      this.#device = null;
      this.#opening = null;
    }
    this.#opening ??= this.open(this.#mode);
    const opening = this.#opening;
    try {
      const device = await opening;
      if (opening === this.#opening) this.#device = device;
      return device;
    } catch (error) {
      if (opening === this.#opening) this.#opening = null;
      throw error;
    }
  }
}
