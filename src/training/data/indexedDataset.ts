import { permutation, type Seed } from '../../tensor/index.js';
import type { Batch, BatchOptions, Dataset } from './dataset.js';

/** What a sample that differs from pass to pass, such as an augmented one, is drawn from. */
export interface GatherOptions {
  /** Number of the pass over the data, from 0. */
  readonly epoch: number;
  readonly seed: Seed;
}

/** A data set whose samples can be asked for one by one, by their positions. */
export interface IndexedDataset extends Dataset {
  readonly size: number;
  /**
   * Changes whenever the samples, their order or the way they are read change, so that what was computed of them and
   * kept is not taken for something else. `null` where only the object itself says which samples it holds.
   */
  readonly identity: string | null;
  /** Whether a sample differs from pass to pass, as an augmented one does. @defaultValue `false` */
  readonly varies?: boolean;
  /**
   * The samples at `positions`, in that order, as one batch.
   * @param options only data sets whose samples differ from pass to pass look at it. @defaultValue the first pass
   */
  gather(positions: Int32Array, options?: GatherOptions): Promise<Batch>;
}

export function isIndexed(dataset: Dataset): dataset is IndexedDataset {
  return 'gather' in dataset;
}

/** The positions of a data set of `size` samples, in the order in which a pass goes through them. */
export function orderOf(size: number, { shuffle, seed, epoch }: Omit<BatchOptions, 'batchSize'>): Int32Array {
  return shuffle ? permutation(size, seed.seed, seed.stream, epoch) : positionsBetween(0, size);
}

/** The positions from `start` to `end`. */
export function positionsBetween(start: number, end: number): Int32Array {
  return Int32Array.from({ length: end - start }, (_, i) => start + i);
}
