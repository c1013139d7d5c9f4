import { scratchBytes } from '../../engine/control.js';

/** Elements of a tile where nothing asks for more: a register of it takes 4 KiB, an eighth of a first cache. */
const usual = 1024;

/** Longer tiles would leave the first cache. */
const longest = 4096;

/** Tiles end at multiples of this, because they are computed in steps of as many elements. */
const step = 8;

/**
 * Elements of a tile: if there is more than one, a multiple of the periods that are short enough. Periods are sizes of
 * the last dimensions of one shape, so that each divides all longer ones.
 */
export function chooseTile(size: number, periods: readonly number[], registers: number): number {
  const room = Math.min(longest, (scratchBytes - 2 ** 16) / 8 / Math.max(1, registers));
  const lengths = periods.map((period) => leastCommonMultiple(period, step)).filter((length) => length <= room);
  const unit = Math.max(step, ...lengths);
  return Math.min(size, unit * Math.max(1, Math.floor(usual / unit)));
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
