import type { Seed } from '../../tensor/index.js';
import type { Batch, Dataset } from './dataset.js';
import { EmptyDataError } from './emptyDataError.js';

/** How the batches of all epochs are drawn. */
export interface BatchStreamOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: Seed;
  /** Batches in an epoch; `null` for one pass over the data. */
  readonly stepsPerEpoch: number | null;
}

/**
 * The batches of one epoch after the other. An epoch is one pass over the data, or `stepsPerEpoch` batches; then the
 * next epoch goes on where the last one stopped, and begins a new pass whenever one ends.
 */
export class BatchStream {
  #pass = 0;
  #open: AsyncIterator<Batch> | null = null;

  constructor(
    readonly operation: string,
    readonly dataset: Dataset,
    readonly options: BatchStreamOptions,
  ) {}

  /** @throws {EmptyDataError} if a pass has no batch. */
  async *epoch(epoch: number): AsyncGenerator<Batch> {
    const { stepsPerEpoch } = this.options;
    if (stepsPerEpoch === null) {
      yield* this.#batches(epoch);
      return;
    }
    for (let step = 0; step < stepsPerEpoch; step++) yield await this.#next();
  }

  /** Ends a pass that is under way. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.return?.();
  }

  async #next(): Promise<Batch> {
    const under = this.#open === null ? null : await this.#open.next();
    if (under !== null && under.done !== true) return under.value;
    this.#open = this.#batches(this.#pass++)[Symbol.asyncIterator]();
    const first = await this.#open.next();
    if (first.done === true) throw new EmptyDataError(this.operation);
    return first.value;
  }

  #batches(epoch: number): AsyncIterable<Batch> {
    const { batchSize, shuffle, seed } = this.options;
    return this.dataset.batches({ batchSize, shuffle, seed, epoch });
  }
}
