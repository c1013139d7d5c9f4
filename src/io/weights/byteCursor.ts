/** Reads bytes in order from pieces that may end anywhere, as if they were one. */
export class ByteCursor {
  #piece = 0;
  #offset = 0;

  constructor(readonly pieces: readonly Uint8Array[]) {}

  /** A copy of the next `count` bytes, which must be there. It begins at offset 0 of a buffer of its own. */
  take(count: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(count);
    for (let filled = 0; filled < count; ) {
      const piece = this.pieces[this.#piece] as Uint8Array;
      const part = piece.subarray(this.#offset, this.#offset + count - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.#offset += part.length;
      if (this.#offset === piece.length) {
        this.#piece++;
        this.#offset = 0;
      }
    }
    return bytes;
  }
}
