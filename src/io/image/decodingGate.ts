import type { Admission } from './decodeImage.js';

/** Lets only so many pictures be decoded at once, and of large ones fewer. */
export class DecodingGate {
  #running = 0;
  #pixels = 0;
  /** Those whose turn has not come, in the order in which they came. */
  readonly #queue: (() => void)[] = [];
  /** Those whose turn has come, and whose pictures are too large for now. */
  #waiting: (() => void)[] = [];

  constructor(
    /** Most pictures at once. */
    readonly parallel: number,
    /** Most pixels at once; one picture may have more if it is alone. */
    readonly pixelsAtOnce: number,
  ) {}

  /** Does the work when its turn comes: read a file, then ask for admission to decode it. */
  async run<T>(work: (admission: Admission) => Promise<T>): Promise<T> {
    if (this.#running < this.parallel) this.#running++;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await work((pixels, decode) => this.#decode(pixels, decode));
    } finally {
      // The turn goes to the next one, if there is one.
      const next = this.#queue.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  async #decode<T>(pixels: number, decode: () => Promise<T>): Promise<T> {
    while (this.#pixels > 0 && this.#pixels + pixels > this.pixelsAtOnce) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#pixels += pixels;
    try {
      return await decode();
    } finally {
      this.#pixels -= pixels;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resolve of waiting) resolve();
    }
  }
}
