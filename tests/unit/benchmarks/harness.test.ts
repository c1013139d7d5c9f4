import { expect, test } from 'vitest';
import { type Contestant, compare, median } from '../../../benchmarks/harness.js';

/** Contestants that take as long as they are told, by a clock of their own. */
function race(durations: Readonly<Record<string, readonly number[]>>, units: Readonly<Record<string, number>> = {}) {
  let time = 0;
  const order: string[] = [];
  const contestants = Object.entries(durations).map(([name, list]): Contestant => {
    const left = [...list];
    const run = async (): Promise<void> => {
      order.push(name);
      time += left.shift() ?? Number.NaN;
    };
    return { name, run, units: units[name] ?? 1 };
  });
  return { contestants, order, now: () => time };
}

test('every contestant runs once in each round, warm-ups included, and the rounds begin with another one in turn', async () => {
  const { contestants, order, now } = race({ a: [1, 1, 1, 1], b: [1, 1, 1, 1], c: [1, 1, 1, 1] });
  await compare(contestants, { warmUps: 1, rounds: 3, now });
  expect(order.join('')).toBe('abcbcacababc');
});

test('best and median are those of the measured rounds, the ratio is that of the medians to the first', async () => {
  const { contestants, now } = race({ a: [90, 2, 1, 6], b: [1, 8, 5, 7] });
  expect(await compare(contestants, { warmUps: 1, rounds: 3, now })).toEqual([
    { name: 'a', best: 1, median: 2, ratio: 1 },
    { name: 'b', best: 5, median: 7, ratio: 3.5 },
  ]);
});

test('times are given for one unit of work', async () => {
  const { contestants, now } = race({ a: [8], b: [8] }, { a: 4 });
  expect(await compare(contestants, { warmUps: 0, rounds: 1, now })).toEqual([
    { name: 'a', best: 2, median: 2, ratio: 1 },
    { name: 'b', best: 8, median: 8, ratio: 4 },
  ]);
});

test('a contestant that fails makes the comparison fail', async () => {
  const broken: Contestant = { name: 'broken', run: () => Promise.reject(new Error('no result')) };
  await expect(compare([broken])).rejects.toThrow('no result');
});

test('the median of an even number of times is the mean of the middle two', () => {
  expect(median([10, 1, 3, 2])).toBe(2.5);
  expect(median([10, 1, 3])).toBe(3);
});
