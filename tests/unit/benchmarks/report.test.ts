import { expect, test } from 'vitest';
import { formatTable, rounded } from '../../../benchmarks/report.js';

test('a table has the columns of all rows, text to the left and numbers to the right', () => {
  const rows = [
    { name: 'mapache', ms: 7 },
    { name: 'b', ms: 12.5, ratio: 2 },
  ];
  expect(formatTable(rows)).toBe(['name       ms  ratio', 'mapache     7', 'b        12.5      2'].join('\n'));
});

test('numbers are rounded to three digits', () => {
  expect([1234, 1.2345, 0.00012345].map(rounded)).toEqual([1230, 1.23, 0.000123]);
});
