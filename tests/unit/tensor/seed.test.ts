import { ArgumentError, drawSeed, setRandomSeed } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

describe('drawSeed', () => {
  it('gives every consumer of the program a stream of its own', () => {
    setRandomSeed(7);
    expect([drawSeed(), drawSeed(), drawSeed(null)]).toEqual([
      { seed: 7, stream: 0 },
      { seed: 7, stream: 1 },
      { seed: 7, stream: 2 },
    ]);
  });

  it('starts again when the seed is set', () => {
    setRandomSeed(7);
    const first = drawSeed();
    drawSeed();
    setRandomSeed(7);
    expect(drawSeed()).toEqual(first);
  });

  it('of a consumer with its own seed takes no stream of the program', () => {
    setRandomSeed(7);
    expect(drawSeed(42)).toEqual({ seed: 42, stream: 0 });
    expect(drawSeed(0)).toEqual({ seed: 0, stream: 0 });
    expect(drawSeed()).toEqual({ seed: 7, stream: 0 });
  });
});

it('setRandomSeed takes integers only, of which the lowest 32 bits count', () => {
  setRandomSeed(2 ** 32 + 5);
  expect(drawSeed().seed).toBe(5);
  for (const seed of [1.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => setRandomSeed(seed)).toThrow(ArgumentError);
});
