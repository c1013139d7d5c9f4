import { MapacheError } from '../../tensor/index.js';

/** Arrays that belong together hold different numbers of samples. */
export class SampleCountError extends MapacheError {
  constructor(
    operation: string,
    /** Number of samples by array, as in `{ 'x[0]': 100, 'y[0]': 99 }`. */
    readonly counts: Readonly<Record<string, number>>,
  ) {
    super({
      operation,
      expected: 'as many samples in every array',
      received: Object.entries(counts)
        .map(([name, count]) => `${count} in ${name}`)
        .join(', '),
      remedy: 'The first axis counts samples.',
    });
  }
}

/** @throws {SampleCountError} unless all counts are the same. */
export function checkSampleCounts(operation: string, counts: Readonly<Record<string, number>>): void {
  if (new Set(Object.values(counts)).size > 1) throw new SampleCountError(operation, counts);
}
