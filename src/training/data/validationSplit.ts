import { ArgumentError, formatValue } from '../../tensor/index.js';
import type { ArrayDataset } from './arrayDataset.js';

/**
 * Cuts off the last `fraction` of the samples for validation, before any shuffling: training keeps
 * `floor(size (1 - fraction))` samples.
 * @throws {ArgumentError} if one of the parts would be empty.
 */
export function splitForValidation(
  operation: string,
  dataset: ArrayDataset,
  fraction: number,
): { readonly training: ArrayDataset; readonly validation: ArrayDataset } {
  const { size } = dataset;
  const kept = Math.floor(size * (1 - fraction));
  if (kept === 0 || kept === size) {
    throw new ArgumentError({
      operation,
      expected: `enough samples to set ${fraction} of them aside for validation`,
      received: `${size} samples`,
      remedy: 'Give more data, another validationSplit, or validationData.',
    });
  }
  return { training: dataset.slice(0, kept), validation: dataset.slice(kept, size) };
}

/** @throws {ArgumentError} unless `fraction` is at least 0 and below 1. */
export function checkValidationSplit(operation: string, fraction: number): void {
  if (fraction >= 0 && fraction < 1) return;
  throw new ArgumentError({
    operation,
    expected: 'validationSplit above 0 and below 1',
    received: formatValue(fraction),
    remedy: 'It is the fraction of the samples that validate; leave it out to use all of them for training.',
  });
}
