import type { Memory } from './device.js';

/** Bytes that are kept to be used again; beyond it the oldest are given back. */
const mostPooled = 2 ** 29;

const bytesPerQuad = 16;

/**
 * Hands out memory, and takes it back to hand it out again: a plan needs the same sizes at every run, and allocating takes
 * longer than most kernels.
 */
export class Pool<M extends Memory> {
  readonly #free = new Map<number, M[]>();
  readonly #held = new Set<M>();
  /** Created since the device was last asked whether it had room for it. */
  readonly #unsettled = new Set<M>();
  /** What it had no room for: it must not be used again. */
  readonly #refused = new Set<M>();
  #pooled = 0;
  #heldQuads = 0;
  #pooledQuads = 0;

  constructor(
    readonly create: (quads: number) => M,
    readonly destroy: (memory: M) => void,
  ) {}

  allocate(quads: number): M {
    const list = this.#free.get(quads);
    let memory = list?.pop();
    if (memory === undefined) {
      memory = this.create(quads);
      this.#unsettled.add(memory);
    } else {
      this.#pooled--;
      this.#pooledQuads -= quads;
    }
    this.#held.add(memory);
    this.#heldQuads += quads;
    return memory;
  }

  release(memory: M): void {
    if (!this.#held.delete(memory)) return;
    const { quads } = memory;
    this.#heldQuads -= quads;
    if (this.#refused.delete(memory)) {
      this.destroy(memory);
      return;
    }
    this.#pooled++;
    this.#pooledQuads += quads;
    // The size that was last given back is last to go.
    const list = this.#free.get(quads) ?? [];
    this.#free.delete(quads);
    this.#free.set(quads, list);
    list.push(memory);
    while (this.#pooledQuads * bytesPerQuad > mostPooled) this.#destroyOldest();
  }

  /** Notes whether the device had room for what was created last. */
  settle(isFull: boolean): void {
    if (isFull) {
      for (const memory of this.#unsettled) this.#refused.add(memory);
      this.trim();
    }
    this.#unsettled.clear();
  }

  /** Gives back all that nobody holds. */
  trim(): void {
    while (this.#pooled > 0) this.#destroyOldest();
  }

  get statistics(): { held: number; heldBytes: number; pooled: number; pooledBytes: number } {
    return {
      held: this.#held.size,
      heldBytes: this.#heldQuads * bytesPerQuad,
      pooled: this.#pooled,
      pooledBytes: this.#pooledQuads * bytesPerQuad,
    };
  }

  #destroyOldest(): void {
    for (const [quads, list] of this.#free) {
      const memory = list.shift();
      if (memory === undefined) {
        this.#free.delete(quads);
        continue;
      }
      this.#pooled--;
      this.#pooledQuads -= quads;
      this.#refused.delete(memory);
      this.destroy(memory);
      return;
    }
  }
}
