import { expect, test } from 'vitest';
import { moved } from '../../../benchmarks/moved.js';
import type { Results, Row } from '../../../benchmarks/report.js';

function results(rows: readonly Row[]): Results {
  const machine = { cpu: '', cores: 2, node: '20' };
  return { name: '', about: '', date: '', machine, packages: {}, leftOut: [], tables: { kernels: rows } };
}

const row = (kernel: string, best: number, median: number): Row => ({ kernel, 'best ms': best, 'median ms': median });

test('what became faster or slower by more than its noise has moved, the largest change first', () => {
  const before = results([row('steady', 10, 10), row('faster', 10, 10), row('slower', 10, 11), row('noisy', 10, 15)]);
  const now = results([row('steady', 10.4, 10.4), row('faster', 5, 5), row('slower', 12, 12), row('noisy', 14, 15)]);
  expect(moved(before, now)).toEqual([
    { what: 'faster', before: 10, now: 5, factor: 0.5, noise: 0 },
    { what: 'slower', before: 10, now: 12, factor: 1.2, noise: 0.0953 },
  ]);
});

test('what is in one of the files only has not moved', () => {
  expect(moved(results([row('old', 1, 1)]), results([row('new', 9, 9)]))).toEqual([]);
});

test('ratios are shown beside the times', () => {
  const one = (best: number, ratio: number): Results =>
    results([{ contestant: 'a', 'best ms': best, 'median ms': best, ratio }]);
  expect(moved(one(2, 4), one(1, 2))).toMatchObject([{ what: 'a', 'ratio before': 4, 'ratio now': 2 }]);
});
