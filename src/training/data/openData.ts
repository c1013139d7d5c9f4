import { type ArrayData, isDataset, type TrainingData } from './arrayData.js';
import { ArrayDataset } from './arrayDataset.js';
import type { Dataset } from './dataset.js';
import { EmptyDataError } from './emptyDataError.js';
import { checkLabels } from './labelError.js';
import { type BatchContext, labelRules, prepareBatch } from './trainingBatch.js';

/**
 * Data to learn from, as a data set. Arrays are checked as a whole, before anything is done with them; other data sets
 * are checked batch by batch.
 * @throws {EmptyDataError | ArgumentError | ShapeError | SampleCountError | LabelError}
 */
export async function openData(context: BatchContext, data: TrainingData): Promise<Dataset> {
  if (!isDataset(data)) return openArrays(context, data);
  if (data.size === 0) throw new EmptyDataError(context.operation);
  return data;
}

/** `openData` for arrays. */
export async function openArrays(context: BatchContext, data: ArrayData): Promise<ArrayDataset> {
  const { operation } = context;
  const dataset = await ArrayDataset.from(operation, data);
  if (dataset.size === 0) throw new EmptyDataError(operation);
  await prepareBatch(context, dataset.take(0, 1));
  for (const { output, classes, ignored } of labelRules(context)) {
    await checkLabels(operation, dataset.targets(output), classes, ignored);
  }
  return dataset;
}
