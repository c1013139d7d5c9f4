import { hashName, permutation } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { fillNormal, fillUniform, threefry, unitInterval } from '../../../src/tensor/random.js';

const hex = (words: Uint32Array): string[] => [...words].map((word) => word.toString(16).padStart(8, '0'));

describe('threefry', () => {
  // Known answers of Threefry-2x32 with 20 rounds, from the authors' test vectors.
  it.each([
    [
      [0, 0],
      [0, 0],
      ['6b200159', '99ba4efe'],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      ['1cb996fc', 'bb002be7'],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      ['c4923a9c', '483df7a0'],
    ],
  ] as const)('under key %j at counter %j gives %j', ([k0, k1], [c0, c1], expected) => {
    const words = new Uint32Array(2);
    threefry(k0, k1, c0, c1, words);
    expect(hex(words)).toEqual(expected);
  });

  it('takes the same key written as signed or unsigned', () => {
    const [a, b] = [new Uint32Array(2), new Uint32Array(2)];
    threefry(-1, -2, -3, -4, a);
    threefry(0xffffffff, 0xfffffffe, 0xfffffffd, 0xfffffffc, b);
    expect(a).toEqual(b);
  });
});

it('unitInterval never reaches 1 and is exact in float32', () => {
  expect(unitInterval(0)).toBe(0);
  expect(unitInterval(0xffffffff)).toBe(1 - 2 ** -24);
  expect(Math.fround(unitInterval(0xffffffff))).toBeLessThan(1);
});

describe.each([
  ['fillUniform', fillUniform],
  ['fillNormal', fillNormal],
] as const)('%s', (_, fill) => {
  const draw = (size: number, seed: number, stream: number, step: number): number[] => {
    const out = new Float64Array(size);
    fill(out, seed, stream, step);
    return [...out];
  };

  it('is a function of seed, stream and step', () => {
    const first = draw(9, 1, 2, 3);
    expect(draw(9, 1, 2, 3)).toEqual(first);
    expect(draw(9, 2, 2, 3)).not.toEqual(first);
    expect(draw(9, 1, 3, 3)).not.toEqual(first);
    expect(draw(9, 1, 2, 4)).not.toEqual(first);
  });

  it('an element does not depend on how many there are', () => {
    const long = draw(101, 5, 0, 0);
    for (const size of [0, 1, 2, 7, 100]) expect(draw(size, 5, 0, 0)).toEqual(long.slice(0, size));
  });

  it('gives in float32 what float64 rounds to', () => {
    const single = new Float32Array(50);
    fill(single, 5, 0, 0);
    expect([...single]).toEqual(draw(50, 5, 0, 0).map(Math.fround));
  });
});

it('hashName is FNV-1a', () => {
  expect(hashName('')).toBe(0x811c9dc5);
  expect(hashName('a')).toBe(0xe40c292c);
  expect(hashName('foobar')).toBe(0xbf9cf968);
});

describe('permutation', () => {
  it('is fixed by its arguments', () => {
    expect(permutation(20, 1, 2, 3)).toEqual(permutation(20, 1, 2, 3));
    expect(permutation(20, 1, 2, 4)).not.toEqual(permutation(20, 1, 2, 3));
    expect(permutation(20, 2, 2, 3)).not.toEqual(permutation(20, 1, 2, 3));
  });

  it('of nothing and of one element is what there is', () => {
    expect([...permutation(0, 1, 2, 3)]).toEqual([]);
    expect([...permutation(1, 1, 2, 3)]).toEqual([0]);
  });
});
