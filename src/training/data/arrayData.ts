import type { StridedView, Tensor } from '../../tensor/index.js';
import type { Dataset } from './dataset.js';

/** Samples stacked along the first axis: a tensor, or a strided `ndarray` view, which is not copied as a whole. */
export type Samples = Tensor | StridedView;

/** A data set that is in memory. Models with several inputs or outputs take lists. */
export interface ArrayData {
  readonly x: Samples | readonly Samples[];
  /** What the outputs should be, one array for each. Prediction needs none. */
  readonly y?: Samples | readonly Samples[] | undefined;
  /** How much each sample counts: one array for all outputs, or one for each. @defaultValue all count the same */
  readonly sampleWeight?: Samples | readonly Samples[] | undefined;
}

/** All that `fit` and `evaluate` can learn from. */
export type TrainingData = ArrayData | Dataset;

export function isDataset(data: object): data is Dataset {
  return 'batches' in data;
}

/** Whether `data` is samples as such rather than an object that holds them. */
export function isSamples(data: object): data is Samples | readonly Samples[] {
  return Array.isArray(data) || 'shape' in data;
}

/** One thing or a list of things as a list; nothing gives an empty list. */
export function asList<T extends object>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
