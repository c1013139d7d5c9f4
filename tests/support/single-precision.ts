import type { ArrayDraw } from './arbitraries.js';
import { relativeError } from './relative-error.js';

/** How often the numbers are moved: one roll of the dice says little about how far roundings can carry. */
const moves = 3;

/** Half the distance of neighbours in single precision, relative to them. */
const rounding = 2 ** -24;

/** What the reference computes in a precision, of given numbers. */
export type Reference = (
  precision: 'float32' | 'float64',
  move: (draw: ArrayDraw) => ArrayDraw,
) => Promise<readonly ArrayLike<number>[]>;

/**
 * How far off single precision itself may be, result by result: the larger of what the reference loses in it, and of what
 * becomes in double precision of numbers that are off by up to two roundings. No algorithm can promise less.
 */
export async function unavoidableErrors(
  reference: Reference,
  expected: readonly ArrayLike<number>[],
  scale = 0,
): Promise<readonly number[]> {
  const others = [await reference('float32', (draw) => draw)];
  for (let seed = 1; seed <= moves; seed++) others.push(await reference('float64', (draw) => moved(draw, seed)));
  return expected.map((result, i) =>
    Math.max(...others.map((other) => relativeError(other[i] as ArrayLike<number>, result, scale))),
  );
}

/** A draw with every floating number off by up to two roundings. */
function moved(draw: ArrayDraw, seed: number): ArrayDraw {
  if (!draw.dtype.startsWith('float')) return draw;
  const values = draw.values.map((value, i) => {
    // A fraction that looks drawn at random, from -1 to 1.
    const fraction = 2 * ((((i + 1) * 0.754877666 + seed * 0.569840291) % 1) - 0.5);
    return value * (1 + 2 * rounding * fraction);
  });
  return { ...draw, values };
}
