import { TestRunner } from 'vitest';
import { type ConformanceCase, type ConformanceRecord, mergeRecords } from './conformance-records.js';

declare module 'vitest' {
  interface TaskMeta {
    conformance?: ConformanceRecord[];
  }
}

/**
 * Notes a relative difference from Keras with the test that runs, for the summary of the run and `docs/conformance.md`,
 * and hands it back: `expect(conforms(golden, error)).toBeLessThan(tolerance)`.
 * @param measured which case it is; by default each test is one, and compares with goldens.
 * @param what the kind of number compared.
 */
export function conforms(
  measured: Pick<ConformanceCase, 'kind' | 'name'> & Partial<ConformanceCase>,
  difference: number,
  what = 'values',
): number {
  const { kind, name, id, source = 'goldens' } = measured;
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error('conforms: called outside a test.');
  const record = { kind, name, id: id ?? test.name, source, differences: { [what]: difference } };
  test.meta.conformance = mergeRecords([...(test.meta.conformance ?? []), record]);
  return difference;
}
