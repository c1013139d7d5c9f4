import type { Batch, BatchOptions } from '../data/dataset.js';
import { type GatherOptions, type IndexedDataset, orderOf } from '../data/indexedDataset.js';
import type { FeatureSet } from './featureSet.js';

/** A data set whose batches hold features where there are any, in the order of the data set itself. */
export class FeatureDataset implements IndexedDataset {
  readonly #features: FeatureSet;

  constructor(features: FeatureSet) {
    this.#features = features;
  }

  get size(): number {
    return this.#features.dataset.size;
  }

  get classNames(): readonly string[] | undefined {
    return this.#features.dataset.classNames;
  }

  get identity(): string | null {
    return this.#features.dataset.identity;
  }

  gather(positions: Int32Array, options?: GatherOptions): Promise<Batch> {
    return this.#features.deliver(this.#features.fetch(positions, options));
  }

  /** What is missing of the next batch is read while this one is computed. */
  async *batches(options: BatchOptions): AsyncGenerator<Batch> {
    const features = this.#features;
    if (!features.isActive) {
      yield* features.dataset.batches(options);
      return;
    }
    const { batchSize, epoch, seed } = options;
    const order = orderOf(this.size, options);
    const fetch = (start: number) => features.fetch(order.subarray(start, start + batchSize), { epoch, seed });
    let next = this.size === 0 ? null : fetch(0);
    for (let start = 0; next !== null; start += batchSize) {
      const now = next;
      const following = start + batchSize;
      next = following < this.size ? fetch(following) : null;
      yield await features.deliver(now);
    }
  }
}
