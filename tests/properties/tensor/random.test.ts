import fc from 'fast-check';
import { permutation } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { fillNormal, fillUniform } from '../../../src/tensor/random.js';

const size = 20_000;
const key = fc.record({ seed: fc.integer(), stream: fc.nat(), step: fc.nat() });

// The bounds lie six standard deviations of each statistic away: a true sample passes all of them but once in 10^8.
const sigmas = 6;

function moments(sample: Float64Array): readonly [mean: number, variance: number, skewness: number, kurtosis: number] {
  const mean = sample.reduce((total, x) => total + x, 0) / sample.length;
  const central = (power: number): number =>
    sample.reduce((total, x) => total + (x - mean) ** power, 0) / sample.length;
  const variance = central(2);
  return [mean, variance, central(3) / variance ** 1.5, central(4) / variance ** 2];
}

function expectNear(value: number, expected: number, deviation: number): void {
  expect(Math.abs(value - expected)).toBeLessThan(sigmas * deviation);
}

describe('for any seed, stream and step', () => {
  test('uniform numbers have mean 1/2, variance 1/12 and the distribution of x', () => {
    fc.assert(
      fc.property(key, ({ seed, stream, step }) => {
        const sample = new Float64Array(size);
        fillUniform(sample, seed, stream, step);
        const [mean, variance] = moments(sample);
        expectNear(mean, 1 / 2, Math.sqrt(1 / 12 / size));
        expectNear(variance, 1 / 12, Math.sqrt(1 / 180 / size));
        const sorted = Float64Array.from(sample).sort();
        expect(sorted[0]).toBeGreaterThanOrEqual(0);
        expect(sorted.at(-1)).toBeLessThan(1);
        // Kolmogorov and Smirnov: P(sqrt(n) D > 3.2) = 2 e^(-2 * 3.2^2) < 3e-9.
        const distance = sorted.reduce((largest, x, i) => Math.max(largest, (i + 1) / size - x, x - i / size), 0);
        expect(Math.sqrt(size) * distance).toBeLessThan(3.2);
      }),
      { numRuns: 10 },
    );
  });

  test('normal numbers have the moments 0, 1, 0 and 3', () => {
    fc.assert(
      fc.property(key, ({ seed, stream, step }) => {
        const sample = new Float64Array(size);
        fillNormal(sample, seed, stream, step);
        expect(sample.every(Number.isFinite)).toBe(true);
        const [mean, variance, skewness, kurtosis] = moments(sample);
        expectNear(mean, 0, Math.sqrt(1 / size));
        expectNear(variance, 1, Math.sqrt(2 / size));
        expectNear(skewness, 0, Math.sqrt(6 / size));
        expectNear(kurtosis, 3, Math.sqrt(24 / size));
      }),
      { numRuns: 10 },
    );
  });

  test('neighbouring numbers, streams, steps and seeds are not correlated', () => {
    fc.assert(
      fc.property(key, ({ seed, stream, step }) => {
        const sample = (a: number, b: number, c: number): Float64Array => {
          const out = new Float64Array(size);
          fillUniform(out, a, b, c);
          return out;
        };
        const base = sample(seed, stream, step);
        const others = [sample(seed, stream, step + 1), sample(seed, stream + 1, step), sample(seed + 1, stream, step)];
        const correlation = (a: Float64Array, b: Float64Array): number =>
          a.reduce((total, x, i) => total + (x - 1 / 2) * ((b[i] as number) - 1 / 2), 0) / (a.length / 12);
        for (const other of others) expectNear(correlation(base, other), 0, Math.sqrt(1 / size));
        expectNear(correlation(base.subarray(1), base.subarray(0, -1)), 0, Math.sqrt(1 / size));
      }),
      { numRuns: 5 },
    );
  });

  test('a permutation has every number once', () => {
    fc.assert(
      fc.property(fc.nat(200), key, (length, { seed, stream, step }) => {
        const order = permutation(length, seed, stream, step);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });
});

test('every number comes to every place about equally often', () => {
  const [places, rounds] = [5, 5000];
  const counts = Array.from({ length: places * places }, () => 0);
  for (let step = 0; step < rounds; step++) {
    permutation(places, 1, 2, step).forEach((number, place) => {
      counts[place * places + number] = (counts[place * places + number] as number) + 1;
    });
  }
  const deviation = Math.sqrt(rounds * (1 / places) * (1 - 1 / places));
  for (const count of counts) expectNear(count, rounds / places, deviation);
});
