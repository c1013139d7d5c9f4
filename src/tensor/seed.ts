import { ArgumentError, formatValue } from './errors.js';

/** What makes one consumer of random numbers different from all others. */
export interface Seed {
  readonly seed: number;
  readonly stream: number;
}

// Without a call of setRandomSeed every program draws other numbers, as in Keras.
let programSeed = Math.floor(Math.random() * 2 ** 31);
let nextStream = 0;

/**
 * Fixes every random number drawn from now on: initial weights, shuffling, dropout. Call it before building a model.
 * @throws {ArgumentError} unless `seed` is an integer.
 */
export function setRandomSeed(seed: number): void {
  if (!Number.isInteger(seed)) {
    throw new ArgumentError({
      operation: 'setRandomSeed',
      expected: 'an integer',
      received: formatValue(seed),
      remedy: 'Only its lowest 32 bits count.',
    });
  }
  programSeed = seed | 0;
  nextStream = 0;
}

/** The seed of the next consumer: its own if it was given one, otherwise the program's with a stream of its own. */
export function drawSeed(own?: number | null): Seed {
  return own === undefined || own === null ? { seed: programSeed, stream: nextStream++ } : { seed: own | 0, stream: 0 };
}
