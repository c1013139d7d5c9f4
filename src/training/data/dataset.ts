import type { Seed, Tensor } from '../../tensor/index.js';

/** Some samples, stacked along the first axis. Models with several inputs or outputs take lists. */
export interface Batch {
  readonly x: Tensor | readonly Tensor[];
  /** What the outputs should be, one tensor for each. Prediction needs none. */
  readonly y?: Tensor | readonly Tensor[] | undefined;
  /** How much each sample counts: one tensor for all outputs, or one for each. @defaultValue all count the same */
  readonly sampleWeight?: Tensor | readonly Tensor[] | undefined;
}

/** How a data set is to be cut into batches. */
export interface BatchOptions {
  /** Samples in a batch; the last one of a pass may be smaller. */
  readonly batchSize: number;
  /** Whether the order of samples is drawn anew for every pass. */
  readonly shuffle: boolean;
  /** Where the order comes from: the same seed and pass give the same batches, whatever else happens. */
  readonly seed: Seed;
  /** Number of the pass over the data, from 0. */
  readonly epoch: number;
}

/** Samples that can be gone through again and again. Images that are decoded on the way are one example. */
export interface Dataset {
  /** Number of samples; `null` while it is not known. */
  readonly size: number | null;
  /** Names of the classes, in the order of their labels. */
  readonly classNames?: readonly string[] | undefined;
  /** One pass over the samples. Several passes may be under way at once. */
  batches(options: BatchOptions): AsyncIterable<Batch>;
}
