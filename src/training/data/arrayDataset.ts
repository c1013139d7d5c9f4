import type { Tensor } from '../../tensor/index.js';
import { type ArrayData, asList, type Samples } from './arrayData.js';
import type { Batch, BatchOptions } from './dataset.js';
import { type IndexedDataset, orderOf, positionsBetween } from './indexedDataset.js';
import { type Rows, readRows } from './rows.js';
import { checkSampleCounts } from './sampleCountError.js';

/** The arrays of a data set, on the host. */
export interface ArrayColumns {
  readonly x: readonly Rows[];
  readonly y: readonly Rows[];
  readonly sampleWeight: readonly Rows[];
}

/** A data set in memory: batches are gathered row by row into fresh arrays. */
export class ArrayDataset implements IndexedDataset {
  /** Nothing but the object itself says what the arrays hold. */
  readonly identity = null;
  readonly #first: number;
  readonly size: number;

  private constructor(
    readonly columns: ArrayColumns,
    first: number,
    end: number,
  ) {
    this.#first = first;
    this.size = end - first;
  }

  /**
   * Reads the arrays, once.
   * @throws {SampleCountError} if they do not all hold as many samples.
   */
  static async from(operation: string, { x, y, sampleWeight }: ArrayData): Promise<ArrayDataset> {
    const read = (list: readonly Samples[]): Promise<readonly Rows[]> =>
      Promise.all(list.map((samples) => readRows(operation, samples)));
    const columns = {
      x: await read(asList(x)),
      y: await read(asList(y)),
      sampleWeight: await read(asList(sampleWeight)),
    };
    const counts = Object.entries(columns).flatMap(([name, list]) =>
      list.map(({ count }, i) => [list.length === 1 ? name : `${name}[${i}]`, count] as const),
    );
    checkSampleCounts(operation, Object.fromEntries(counts));
    return new ArrayDataset(columns, 0, counts[0]?.[1] ?? 0);
  }

  /** Some consecutive samples of this data set, counted from 0, as a data set of their own. Nothing is copied. */
  slice(start: number, end: number): ArrayDataset {
    return new ArrayDataset(this.columns, this.#first + start, this.#first + end);
  }

  /** The samples from `start` to `end`, in their own order, as one batch. */
  take(start: number, end: number): Batch {
    return this.#gather(positionsBetween(start, end));
  }

  /** All targets of one output. */
  targets(output: number): Tensor {
    return (this.columns.y[output] as Rows).gather(positionsBetween(this.#first, this.#first + this.size));
  }

  gather(positions: Int32Array): Promise<Batch> {
    return Promise.resolve(this.#gather(positions));
  }

  async *batches(options: BatchOptions): AsyncGenerator<Batch> {
    const { batchSize } = options;
    const order = orderOf(this.size, options);
    for (let start = 0; start < this.size; start += batchSize) {
      yield this.#gather(order.subarray(start, start + batchSize));
    }
  }

  #gather(positions: Int32Array): Batch {
    const indices = positions.map((position) => this.#first + position);
    const gather = (list: readonly Rows[]) => list.map((rows) => rows.gather(indices));
    return {
      x: gather(this.columns.x),
      y: gather(this.columns.y),
      sampleWeight: gather(this.columns.sampleWeight),
    };
  }
}
