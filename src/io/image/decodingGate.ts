import type { Admission } from './decodeImage.js';

/** Lets only so many pictures be decoded at once, and of large ones fewer. */
export class DecodingGate {
  #running = 0;
  #pixels = 0;
  #waiting: (() => void)[] = [];

  constructor(
    /** Most pictures at once. */
    readonly parallel: number,
    /** Most pixels at once; one picture may have more if it is alone. */
    readonly pixelsAtOnce: number,
  ) {}

  /** Does the work when its turn comes: read a file, then ask for admission to decode it. */
  async run<T>(work: (admission: Admission) => Promise<T>): Promise<T> {
    await this.#until(() => this.#running < this.parallel);
    this.#running++;
    try {
      return await work((pixels, decode) => this.#decode(pixels, decode));
    } finally {
      this.#running--;
      this.#wake();
    }
  }

  async #decode<T>(pixels: number, decode: () => Promise<T>): Promise<T> {
    await this.#until(() => this.#pixels === 0 || this.#pixels + pixels <= this.pixelsAtOnce);
    this.#pixels += pixels;
    try {
      return await decode();
    } finally {
      this.#pixels -= pixels;
      this.#wake();
    }
  }

  async #until(isFree: () => boolean): Promise<void> {
    while (!isFree()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Everybody looks again, in the order in which they came. */
  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
