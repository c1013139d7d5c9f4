import type { Batch, BatchOptions, Dataset } from './dataset.js';
import { isIndexed, orderOf } from './indexedDataset.js';

/**
 * A pass without its first batches. Where samples can be asked for by position, those of the batches that are left out are
 * not read at all, and one batch is read ahead; elsewhere they are read and dropped.
 */
export async function* skipBatches(dataset: Dataset, options: BatchOptions, count: number): AsyncGenerator<Batch> {
  if (!isIndexed(dataset)) {
    let index = 0;
    for await (const batch of dataset.batches(options)) if (index++ >= count) yield batch;
    return;
  }
  const { batchSize, epoch, seed } = options;
  const order = orderOf(dataset.size, options);
  const read = (start: number): Promise<Batch> | null => {
    if (start >= order.length) return null;
    const reading = dataset.gather(order.subarray(start, start + batchSize), { epoch, seed });
    // An error is told when its batch is wanted, which may never be.
    reading.catch(() => {});
    return reading;
  };
  let start = count * batchSize;
  for (let reading = read(start); reading !== null; ) {
    const batch = await reading;
    start += batchSize;
    reading = read(start);
    yield batch;
  }
}
