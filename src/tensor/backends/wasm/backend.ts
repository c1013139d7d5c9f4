import { bytesPerElement, dtypeOf, type TypedArray, viewOf } from '../../dtype.js';
import { ArgumentError } from '../../errors.js';
import type { Plan } from '../../plan/index.js';
import type { BackendDescription, Configurable, Executable } from '../backend.js';
import type { WasmBuffer } from './buffer.js';
import type { Engine } from './engine/engine.js';
import { RemoteEngine } from './engine/remoteEngine.js';
import { SharedEngine } from './engine/sharedEngine.js';
import { Memory } from './memory.js';
import { readOptions, type WasmOptions, type WasmSettings } from './options.js';
import { wasmStyle } from './style.js';

/**
 * SIMD kernels in WebAssembly, run by worker threads while the caller's thread stays free. The same seed gives the same
 * bits whatever the number of workers.
 */
export class WasmBackend implements Configurable<WasmOptions> {
  readonly style = wasmStyle;
  readonly engine: Engine;
  readonly #memory: Memory;
  #settings: WasmSettings;

  constructor(options: WasmOptions = {}, createEngine: (settings: WasmSettings) => Engine = engineFor) {
    this.#settings = readOptions(options);
    this.engine = createEngine(this.#settings);
    this.#memory = new Memory(this.engine);
  }

  /** @throws {ArgumentError} for what cannot be changed any more; nothing changes then. */
  configure(options: WasmOptions): void {
    const settings = readOptions(options, this.#settings);
    if (settings.shared !== this.#settings.shared || settings.canaries !== this.#settings.canaries) {
      throw new ArgumentError({
        operation: "setBackend('wasm')",
        expected: 'sharedMemory and canaries to stay as they are',
        received: 'another value while buffers are in use',
        remedy: 'Set it before anything has been computed.',
      });
    }
    this.#settings = settings;
    this.engine.configure(settings);
  }

  describe(): BackendDescription {
    const { workers, maxBytes } = this.engine;
    const device = `WebAssembly SIMD, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
    return { name: 'wasm', device, kind: 'software', maxBytes };
  }

  upload(array: TypedArray): WasmBuffer {
    const buffer = this.#memory.createBuffer(array.length, dtypeOf(array));
    this.engine.write(buffer.address, new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return buffer;
  }

  async download({ address, size, dtype }: WasmBuffer): Promise<TypedArray> {
    return viewOf(dtype, await this.engine.read(address, size * bytesPerElement(dtype)), 0, size);
  }

  free(buffer: WasmBuffer): void {
    this.#memory.release(buffer);
  }

  holds(buffer: WasmBuffer): boolean {
    return this.#memory.holds(buffer);
  }

  async prepare(plan: Plan): Promise<Executable> {
    const { preparePlan } = await import('./preparePlan.js');
    return preparePlan(plan, this.#memory);
  }

  rest(): Promise<void> {
    return this.engine.rest();
  }
}

function engineFor(settings: WasmSettings): Engine {
  return settings.shared ? new SharedEngine(settings) : new RemoteEngine(settings);
}
