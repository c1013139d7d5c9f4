import { patienceFor } from '../untrusted/interruptible.js';
import { ReadRefusal } from '../untrusted/readRefusal.js';

/** What a file may cost. Libraries that read HDF5 believe what a file says; this is where they are stopped. */
export class Limits {
  #deadline = Number.POSITIVE_INFINITY;
  #bytes = Number.POSITIVE_INFINITY;
  #objects: number;

  constructor(
    /** Bytes of the file. */
    readonly size: number,
  ) {
    // Nothing in a file is smaller.
    this.#objects = 16 + size / 64;
  }

  /** Begins a look into the file that may take its time, and copy `bytes`. */
  renew(bytes: number): void {
    this.#deadline = performance.now() + patienceFor(this.size);
    this.#bytes = bytes;
  }

  /** @throws {ReadRefusal} if the file has taken too long, or would have too much copied. */
  spend(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes < 0) throw new ReadRefusal('contents that fit in the file', 'more');
    if (performance.now() > this.#deadline) throw new ReadRefusal('contents that end', 'what goes round in circles');
  }

  /** @throws {ReadRefusal} if there are more groups and arrays than the file has room for. */
  countObject(): void {
    if (--this.#objects < 0) throw new ReadRefusal('groups that end', 'groups that contain themselves');
  }
}

/** A copy of a file that notices how much is copied out of it, which every step of jsfive from place to place does. */
export class MeteredBuffer extends ArrayBuffer {
  static override get [Symbol.species](): ArrayBufferConstructor {
    return ArrayBuffer;
  }

  constructor(
    bytes: Uint8Array,
    readonly limits: Limits,
  ) {
    super(bytes.length);
    new Uint8Array(this).set(bytes);
  }

  override slice(begin?: number, end?: number): ArrayBuffer {
    const part = super.slice(begin ?? 0, end);
    this.limits.spend(part.byteLength);
    return part;
  }
}
