import type { Tensor } from '../../tensor/index.js';
import type { Hdf5Dataset } from '../hdf5/hdf5Dataset.js';
import { ModelFormatError } from '../modelFormatError.js';
import type { StoredWeight, WeightReading } from './savedFile.js';

/** The arrays of an HDF5 file that hold weights. */
export class StoredDatasets {
  readonly #datasets = new Map<StoredWeight, Hdf5Dataset>();
  #bytes = 0;

  constructor(
    readonly file: string,
    /** Most bytes of weights: what the caller allows, and never more than the file has. */
    readonly limit: number,
  ) {}

  /** Announces an array under a name. @throws {ModelFormatError} if its elements are no numbers. */
  add(name: string, dataset: Hdf5Dataset, layer?: string): StoredWeight {
    const { elements } = dataset;
    if (elements.dtype === null) throw this.#error(`'${name}' to hold numbers`, `'${elements.name}'`);
    this.#bytes += dataset.byteLength;
    if (this.#bytes > this.limit)
      throw this.#error(
        `at most ${this.limit} bytes of weights`,
        'more',
        'If the model is that large, allow it with maxBytes.',
      );
    const weight = { name, shape: dataset.shape, layer };
    this.#datasets.set(weight, dataset);
    return weight;
  }

  /** The numbers of some weights. */
  async read(wanted: ReadonlySet<StoredWeight>, { signal }: WeightReading): Promise<ReadonlyMap<StoredWeight, Tensor>> {
    const tensors = new Map<StoredWeight, Tensor>();
    for (const [weight, dataset] of this.#datasets) {
      signal?.throwIfAborted();
      if (wanted.has(weight)) tensors.set(weight, await dataset.read());
    }
    return tensors;
  }

  #error(expected: string, received: string, remedy = 'The file is damaged; save it again.'): ModelFormatError {
    return new ModelFormatError(this.file, { expected, received, remedy });
  }
}
