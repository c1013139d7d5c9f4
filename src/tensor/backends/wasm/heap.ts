/** Buffers start at multiples of this: a cache line. */
const alignment = 64;

interface Block {
  readonly address: number;
  readonly bytes: number;
}

/**
 * Hands out stretches of an address space. Takes the smallest free one that is large enough; neighbours that are both
 * free become one. A program that asks for the same sizes again and again gets the same addresses.
 */
export class Heap {
  /** Free blocks by address. */
  #free: Block[] = [];
  /** Bytes asked for, by address. */
  readonly #used = new Map<number, number>();
  #end: number;
  #usedBytes = 0;

  /**
   * @param grow makes every address below its argument usable, or throws.
   * @param margin bytes behind each buffer that belong to none.
   */
  constructor(
    start: number,
    readonly grow: (end: number) => void,
    readonly margin = 0,
  ) {
    this.#end = start;
  }

  /** Bytes handed out. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Buffers handed out. */
  get count(): number {
    return this.#used.size;
  }

  /** Address and bytes of each buffer handed out. */
  get buffers(): Iterable<readonly [address: number, bytes: number]> {
    return this.#used;
  }

  /** Where the part of the address space ends that is in use. */
  get end(): number {
    return this.#end;
  }

  /** The address of `bytes` bytes that hold anything. */
  allocate(bytes: number): number {
    const wanted = this.#taken(bytes);
    let best = -1;
    for (let i = 0; i < this.#free.length; i++) {
      const { bytes: size } = this.#free[i] as Block;
      if (size >= wanted && (best === -1 || size < (this.#free[best] as Block).bytes)) best = i;
    }
    const address = best === -1 ? this.#extend(wanted) : this.#split(best, wanted);
    this.#used.set(address, bytes);
    this.#usedBytes += wanted;
    return address;
  }

  /** Takes a block back. Giving one back twice is a mistake of the caller. */
  free(address: number): void {
    const wanted = this.#used.get(address);
    if (wanted === undefined) throw new Error(`heap: nothing is allocated at ${address}`);
    const bytes = this.#taken(wanted);
    this.#used.delete(address);
    this.#usedBytes -= bytes;
    this.#insert({ address, bytes });
  }

  /** What a buffer of so many bytes takes. */
  #taken(bytes: number): number {
    return Math.max(alignment, Math.ceil((bytes + this.margin) / alignment) * alignment);
  }

  #extend(bytes: number): number {
    const address = this.#end;
    this.grow(address + bytes);
    this.#end = address + bytes;
    return address;
  }

  #split(index: number, bytes: number): number {
    const { address, bytes: size } = this.#free[index] as Block;
    if (size === bytes) this.#free.splice(index, 1);
    else this.#free[index] = { address: address + bytes, bytes: size - bytes };
    return address;
  }

  #insert(block: Block): void {
    let index = this.#free.findIndex(({ address }) => address > block.address);
    if (index === -1) index = this.#free.length;
    const before = this.#free[index - 1];
    const after = this.#free[index];
    const joinsBefore = before !== undefined && before.address + before.bytes === block.address;
    const joinsAfter = after !== undefined && block.address + block.bytes === after.address;
    const address = joinsBefore ? before.address : block.address;
    const end = joinsAfter ? after.address + after.bytes : block.address + block.bytes;
    const first = joinsBefore ? index - 1 : index;
    const joined = (joinsBefore ? 1 : 0) + (joinsAfter ? 1 : 0);
    // What is free at the end is as if it had never been used.
    if (end === this.#end) {
      this.#end = address;
      this.#free.splice(first, joined);
    } else this.#free.splice(first, joined, { address, bytes: end - address });
  }
}
