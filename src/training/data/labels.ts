import type { Tensor } from '../../tensor/index.js';
import { ArrayDataset } from './arrayDataset.js';
import type { Dataset } from './dataset.js';

/**
 * The label of every sample, as far as it is known without reading the samples: whole numbers as they are, rows of
 * several by the place of the largest. `null` where the data set cannot tell.
 */
export async function labelsOf(dataset: Dataset): Promise<Int32Array | null> {
  if ('labels' in dataset) return dataset.labels instanceof Int32Array ? dataset.labels : null;
  if (!(dataset instanceof ArrayDataset) || dataset.columns.y.length !== 1) return null;
  return read(dataset.targets(0));
}

async function read(targets: Tensor): Promise<Int32Array | null> {
  const { rank, shape, size } = targets;
  const width = rank === 1 ? 1 : (shape[1] as number);
  if (rank > 2 || size === 0) return null;
  const numbers = await targets.data();
  if (width === 1) return numbers.every((value) => Number.isInteger(value)) ? Int32Array.from(numbers) : null;
  return Int32Array.from({ length: size / width }, (_, i) => {
    const row = numbers.subarray(i * width, (i + 1) * width);
    return row.indexOf(Math.max(...row));
  });
}
