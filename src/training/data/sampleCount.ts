import { asList, isDataset, type Samples, type TrainingData } from './arrayData.js';

/** Number of samples in data to learn from; `null` while it is not known. */
export function sampleCount(data: TrainingData): number | null {
  return isDataset(data) ? data.size : (asList<Samples>(data.x)[0]?.shape[0] ?? null);
}
