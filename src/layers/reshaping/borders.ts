import { invalidOption, type PadPair } from '../../tensor/index.js';

/** Rows and columns at the edges of a picture: `[[top, bottom], [left, right]]`. */
export type Borders = readonly [rows: PadPair, columns: PadPair];

/** The same on all sides, `[rows, columns]`, or `[[top, bottom], [left, right]]`. */
export type BordersLike = number | readonly [number, number] | Borders;

/** Borders written out. @throws {ArgumentError} unless every count is an integer of at least 0. */
export function checkBorders(operation: string, name: string, value: unknown): Borders {
  const both = pairOf(value);
  const rows = both && pairOf(both[0]);
  const columns = both && pairOf(both[1]);
  if (rows && columns && isCount(rows[0]) && isCount(rows[1]) && isCount(columns[0]) && isCount(columns[1])) {
    return [
      [rows[0], rows[1]],
      [columns[0], columns[1]],
    ];
  }
  const expected = 'a count, [rows, columns] or [[top, bottom], [left, right]]';
  throw invalidOption(operation, name, expected, value, 'Counts are integers of at least 0.');
}

/** Both ends of a list of two; one thing alone stands for both. */
function pairOf(value: unknown): readonly [unknown, unknown] | null {
  if (!Array.isArray(value)) return [value, value];
  const list = value as readonly unknown[];
  return list.length === 2 ? [list[0], list[1]] : null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
