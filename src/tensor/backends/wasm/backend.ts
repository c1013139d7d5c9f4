import { bytesPerElement, dtypeOf, type TypedArray, viewOf } from '../../dtype.js';
import { BackendError } from '../../errors.js';
import type { Plan } from '../../plan/index.js';
import type { Backend, BackendDescription, Executable } from '../backend.js';
import { WasmBuffer } from './buffer.js';
import { maxPages, pageBytes } from './engine/control.js';
import { SharedEngine } from './engine/sharedEngine.js';
import { WasmExecutable } from './executable.js';
import { lowerPlan } from './lowering/index.js';
import { Memory } from './memory.js';
import { wasmStyle } from './style.js';

/**
 * SIMD kernels in WebAssembly, run by worker threads while the caller's thread stays free. The same seed gives the same
 * bits whatever the number of workers.
 */
export class WasmBackend implements Backend {
  readonly style = wasmStyle;
  readonly #memory: Memory;

  constructor(readonly engine = new SharedEngine(workerCount(), 'auto')) {
    this.#memory = new Memory(engine);
  }

  describe(): BackendDescription {
    const { workers } = this.engine;
    const device = `WebAssembly SIMD, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
    return { name: 'wasm', device, kind: 'software', maxBytes: maxPages * pageBytes };
  }

  upload(array: TypedArray): WasmBuffer {
    const address = this.#memory.allocate(array.byteLength);
    this.engine.write(address, new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return new WasmBuffer(address, array.length, dtypeOf(array));
  }

  async download({ address, size, dtype }: WasmBuffer): Promise<TypedArray> {
    return viewOf(dtype, await this.engine.read(address, size * bytesPerElement(dtype)), 0, size);
  }

  free(buffer: WasmBuffer): void {
    this.#memory.release(buffer);
  }

  prepare(plan: Plan): Executable {
    const needed = plan.memory.arenaBytes;
    if (needed > maxPages * pageBytes) {
      throw new BackendError({
        operation: plan.name,
        expected: `a plan of at most ${maxPages * pageBytes} bytes`,
        received: `${needed} bytes`,
        remedy: 'Use smaller batches.',
      });
    }
    return new WasmExecutable(plan, lowerPlan(plan), this.#memory);
  }
}

/** As many workers as the machine has cores for. */
function workerCount(): number {
  const os = globalThis.process?.getBuiltinModule?.('node:os');
  return Math.max(1, os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1);
}
