import type { Batch, Dataset } from './dataset.js';

/** Begins a pass over samples, as batches that are made on the way. */
export type BatchFactory = () => AsyncIterable<Batch> | Iterable<Batch>;

/** What is known of samples before they come. */
export interface FromIterableOptions {
  /** Their number. @defaultValue `null`, if it is not known */
  readonly size?: number | null;
  /** Names of the classes, in the order of their labels. */
  readonly classNames?: readonly string[];
}

/**
 * A data set of batches that come one after the other, from a generator for example. They are taken as they are: in
 * their order and of their sizes, whatever `batchSize` and `shuffle` say.
 *
 * ```ts
 * const data = fromIterable(async function* () {
 *   for (const file of files) yield { x: await read(file), y: await labels(file) };
 * });
 * await model.fit(data, { epochs: 3 });
 * ```
 * @param begin is called for every pass.
 */
export function fromIterable(begin: BatchFactory, { size = null, classNames }: FromIterableOptions = {}): Dataset {
  return {
    size,
    classNames,
    async *batches() {
      yield* begin();
    },
  };
}
