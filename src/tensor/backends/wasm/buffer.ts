import type { DType } from '../../dtype.js';
import type { DeviceBuffer } from '../../storage.js';
import type { Heap } from './heap.js';

/** Numbers in the engine's memory. They never change, so what has been made of them stays true. */
export class WasmBuffer implements DeviceBuffer {
  /** Addresses of what was made of these numbers and will be needed again. */
  readonly derived = new Map<string, number>();

  constructor(
    /** Where the address comes from; if the engine has another heap by now, the numbers are lost. */
    readonly heap: Heap,
    readonly address: number,
    readonly size: number,
    readonly dtype: DType,
  ) {}
}
