import type { Seed } from '../../tensor/index.js';
import type { Batch, Dataset } from './dataset.js';
import { EmptyDataError } from './emptyDataError.js';
import { skipBatches } from './skipBatches.js';

/** How far a stream has come. */
export interface StreamPosition {
  /** What orders are drawn from. */
  readonly seed: Seed;
  /** Passes that were begun, where epochs are not passes. */
  readonly passes: number;
  /** Batches taken from the last of them. */
  readonly taken: number;
}

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
  #seed: Seed;
  #passes = 0;
  #taken = 0;
  #open: AsyncIterator<Batch> | null = null;

  constructor(
    readonly operation: string,
    readonly dataset: Dataset,
    readonly options: BatchStreamOptions,
  ) {
    this.#seed = options.seed;
  }

  /**
   * @param first the batch to begin with: earlier ones are left out
   * @throws {EmptyDataError} if a pass has no batch.
   */
  async *epoch(epoch: number, first = 0): AsyncGenerator<Batch> {
    const { stepsPerEpoch } = this.options;
    if (stepsPerEpoch === null) {
      yield* this.#batches(epoch, first);
      return;
    }
    for (let step = first; step < stepsPerEpoch; step++) yield await this.#next();
  }

  get position(): StreamPosition {
    return { seed: this.#seed, passes: this.#passes, taken: this.#taken };
  }

  /** Goes on from there. */
  restore({ seed, passes, taken }: StreamPosition): void {
    this.#seed = seed;
    this.#passes = passes;
    this.#taken = taken;
    if (passes > 0) this.#open = this.#batches(passes - 1, taken)[Symbol.asyncIterator]();
  }

  /** Ends a pass that is under way. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.return?.();
  }

  async #next(): Promise<Batch> {
    const under = this.#open === null ? null : await this.#open.next();
    if (under !== null && under.done !== true) return this.#take(under.value);
    this.#open = this.#batches(this.#passes++, 0)[Symbol.asyncIterator]();
    this.#taken = 0;
    const first = await this.#open.next();
    if (first.done === true) throw new EmptyDataError(this.operation);
    return this.#take(first.value);
  }

  #take(batch: Batch): Batch {
    this.#taken++;
    return batch;
  }

  #batches(epoch: number, first: number): AsyncIterable<Batch> {
    const { batchSize, shuffle } = this.options;
    const options = { batchSize, shuffle, seed: this.#seed, epoch };
    return first === 0 ? this.dataset.batches(options) : skipBatches(this.dataset, options, first);
  }
}
