import type { ImageDataset } from '../io/index.js';
import type { Model } from '../layers/index.js';
import type { Tensor } from '../tensor/index.js';
import type { Batch, IndexedDataset } from '../training/index.js';
import { prepareImages } from '../transfer/index.js';

/** Pictures as a model wants them, by what its `metadata` says of pixels; they keep their files and classes. */
export function preparedDataset(
  model: Model,
  data: ImageDataset,
): IndexedDataset & Pick<ImageDataset, 'classNames' | 'files'> {
  const { size, classNames, files } = data;
  const prepared = (batch: Batch): Batch => ({ ...batch, x: prepareImages(model, batch.x as Tensor) });
  return {
    size,
    classNames,
    files,
    identity: null,
    gather: async (positions) => prepared(await data.gather(positions)),
    batches: async function* (options) {
      for await (const batch of data.batches(options)) yield prepared(batch);
    },
  };
}
