import { ArgumentError, formatValue } from '../tensor/index.js';
import { type ArrayData, isSamples, type Samples, type TrainingData } from './data/arrayData.js';
import { type BatchFactory, fromIterable } from './data/fromIterable.js';
import type { ValidationTuple } from './fitOptions.js';

/** One array, or one for each input or output. */
export type SamplesList = Samples | readonly Samples[];

/** What can be said only of data given as `(x, y, options)`. */
export interface WeightOption {
  /** How much each sample counts. @defaultValue all count the same */
  readonly sampleWeight?: SamplesList | undefined;
}

/**
 * Tells `(data, options)` from `(x, y, options)`.
 * @throws {ArgumentError} if `x` comes without `y`.
 */
export function readArguments<O extends WeightOption>(
  operation: string,
  first: TrainingData | SamplesList | BatchFactory,
  second: SamplesList | O | undefined,
  third: O | undefined,
): { readonly data: TrainingData; readonly options: Partial<O> } {
  if (typeof first === 'function') return { data: fromIterable(first), options: (second as O | undefined) ?? {} };
  if (!isSamples(first)) return { data: first, options: (second as O | undefined) ?? {} };
  if (second === undefined || !isSamples(second)) {
    throw new ArgumentError({
      operation,
      expected: '(x, y, options), ({ x, y }, options) or (dataset, options)',
      received: `x and ${formatValue(second)}`,
      remedy: 'Give the targets as well.',
    });
  }
  const data: ArrayData = { x: first, y: second, sampleWeight: third?.sampleWeight };
  return { data, options: third ?? {} };
}

/** Keras's tuples and what begins passes as data. */
export function readValidation(data: TrainingData | ValidationTuple | BatchFactory): TrainingData {
  if (typeof data === 'function') return fromIterable(data);
  if (!isTuple(data)) return data;
  const [x, y, sampleWeight] = data;
  return { x, y, sampleWeight };
}

function isTuple(data: TrainingData | ValidationTuple): data is ValidationTuple {
  return Array.isArray(data);
}
