import { type Size2d, wrap } from '../../tensor/index.js';
import { type Batch, type BatchOptions, type IndexedDataset, orderOf } from '../../training/index.js';
import type { SourceFile } from './folder/sourceFile.js';
import type { ImageStore } from './imageStore.js';

/** What an `ImageDataset` is made of. */
export interface ImageSamples {
  readonly store: ImageStore;
  readonly sources: readonly SourceFile[];
  /** int32, `[n]`: positions in `classNames` */
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
}

/**
 * Pictures with their classes. Batches hold `x`: float32, `[n, height, width, 3]`, 0 to 255, and `y`: int32, `[n]`. They
 * are decoded ahead of their use, in a memory that is bounded.
 */
export class ImageDataset implements IndexedDataset {
  /** Files of the pictures, relative to their folder, with slashes. */
  readonly files: readonly string[];
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
  readonly #store: ImageStore;
  readonly #sources: readonly SourceFile[];

  private constructor(
    { store, sources, labels, classNames }: ImageSamples,
    readonly identity: string,
  ) {
    this.#store = store;
    this.#sources = sources;
    this.files = sources.map(({ path }) => path);
    this.labels = labels;
    this.classNames = classNames;
  }

  static async from(samples: ImageSamples): Promise<ImageDataset> {
    return new ImageDataset(samples, await samples.store.identityOf(samples.sources));
  }

  /** Number of pictures. */
  get size(): number {
    return this.files.length;
  }

  /** Height and width of all pictures. */
  get imageSize(): Size2d {
    return this.#store.size;
  }

  /** Some of the pictures, in that order, as a data set of their own. */
  select(positions: Int32Array): Promise<ImageDataset> {
    return ImageDataset.from({
      store: this.#store,
      sources: Array.from(positions, (position) => this.#sources[position] as SourceFile),
      labels: positions.map((position) => this.labels[position] as number),
      classNames: this.classNames,
    });
  }

  /** @throws {ImageDecodeError} if a file has changed since it was opened and cannot be decoded any more. */
  async gather(positions: Int32Array): Promise<Batch> {
    const batch = new Float32Array(positions.length * this.#store.width);
    await Promise.all(
      Array.from(positions, (position, i) => this.#store.put(this.#sources[position] as SourceFile, batch, i)),
    );
    const labels = positions.map((position) => this.labels[position] as number);
    return {
      x: wrap(batch, [positions.length, ...this.imageSize, 3], 'float32'),
      y: wrap(labels, [positions.length], 'int32'),
    };
  }

  async *batches(options: BatchOptions): AsyncGenerator<Batch> {
    const { batchSize } = options;
    const order = orderOf(this.size, options);
    const ahead = this.#store.batchesAhead(batchSize);
    const underway: Promise<Batch>[] = [];
    for (let start = 0; start < this.size || underway.length > 0; start += batchSize) {
      if (start < this.size) {
        const batch = this.gather(order.subarray(start, start + batchSize));
        // Its error is told when its turn comes; until then nobody waits for it.
        batch.catch(() => {});
        underway.push(batch);
      }
      if (underway.length > ahead || start + batchSize >= this.size) yield await (underway.shift() as Promise<Batch>);
    }
  }
}
