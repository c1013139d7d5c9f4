import type { Heap } from './heap.js';

/** Memory for one purpose that is used again and again, and replaced by a larger one when that is wanted. */
export class Region {
  #heap: Heap | null = null;
  #address = 0;
  #bytes = 0;

  /** The address of at least `bytes` bytes. What they held is lost if there were fewer. */
  reserve(heap: Heap, bytes: number): number {
    if (this.#heap === heap && this.#bytes >= bytes) return this.#address;
    this.#heap?.free(this.#address);
    this.#heap = null;
    this.#address = heap.allocate(bytes);
    this.#bytes = bytes;
    this.#heap = heap;
    return this.#address;
  }
}
