import { invalidOption, type PadPair } from '../../tensor/index.js';
import type { SpaceRank } from '../options.js';

/** How many elements at both ends of each axis of space. */
export type Borders = readonly PadPair[];

/** The same at all ends, one number for each axis, or `[before, after]` for each axis. */
export type BordersLike = number | readonly (number | PadPair)[];

const forms: Readonly<Record<SpaceRank, string>> = {
  1: 'a count or [before, after]',
  2: 'a count, [rows, columns] or [[top, bottom], [left, right]]',
  3: 'a count, [depth, rows, columns] or a pair for each of the three',
};

/** Borders written out. @throws {ArgumentError} unless every count is an integer of at least 0. */
export function checkBorders(operation: string, name: string, value: unknown, axes: SpaceRank): Borders {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : new Array<unknown>(axes).fill(value);
  // The two ends of the only axis need no list of their own.
  const ends = axes === 1 && list.length === 2 ? [list] : list;
  const pairs = ends.map((one) => (Array.isArray(one) ? (one as readonly unknown[]) : [one, one]));
  if (pairs.length === axes && pairs.every(isPair)) return pairs.map(([before, after]) => [before, after] as const);
  throw invalidOption(operation, name, forms[axes], value, 'Counts are integers of at least 0.');
}

function isPair(pair: readonly unknown[]): pair is PadPair {
  return pair.length === 2 && pair.every((count) => Number.isInteger(count) && (count as number) >= 0);
}

/** As a file has them: the only axis of a sequence has no list of its own. */
export function describeBorders(borders: Borders): Borders | PadPair {
  return borders.length === 1 ? (borders[0] as PadPair) : borders;
}
