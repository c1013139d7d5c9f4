import { expect, test } from 'vitest';
import { type Contestant, compare, median } from '../../../benchmarks/harness.js';

/** Contestants and a pulse that take as long as they are told, by a clock of their own. */
function race(durations: Readonly<Record<string, readonly number[]>>, units: Readonly<Record<string, number>> = {}) {
  let time = 0;
  const order: string[] = [];
  const lasting = (name: string, list: readonly number[]): Contestant => {
    const left = [...list];
    const run = async (): Promise<void> => {
      order.push(name);
      time += left.shift() ?? Number.NaN;
    };
    return { name, run, units: units[name] ?? 1 };
  };
  const contestants = Object.entries(durations).map(([name, list]) => lasting(name, list));
  return { contestants, order, now: () => time, pulse: (list: readonly number[]) => lasting('pulse', list).run };
}

test('every contestant runs once in each round, warm-ups included, and the rounds begin with another one in turn', async () => {
  const { contestants, order, now } = race({ a: [1, 1, 1, 1], b: [1, 1, 1, 1], c: [1, 1, 1, 1] });
  await compare(contestants, { warmUps: 1, rounds: 3, now });
  expect(order.join('')).toBe('abcbcacababc');
});

test('jobs that follow upon each other run once unmeasured before each measurement', async () => {
  const { contestants, order, now } = race({ a: [9, 1, 9, 1], b: [9, 2, 9, 2] });
  const measurements = await compare(contestants, { warmUps: 0, rounds: 2, inTheSwing: true, now });
  expect(order.join('')).toBe('aabbbbaa');
  expect(measurements.map(({ median }) => median)).toEqual([1, 2]);
});

test('best and median are those of the measured rounds, the ratios are those to the first', async () => {
  const { contestants, now } = race({ a: [90, 2, 1, 6], b: [1, 8, 5, 7] });
  expect(await compare(contestants, { warmUps: 1, rounds: 3, now })).toEqual([
    { name: 'a', best: 1, median: 2, ratio: 1, bestRatio: 1, kept: 3, taken: 3 },
    { name: 'b', best: 5, median: 7, ratio: 3.5, bestRatio: 5, kept: 3, taken: 3 },
  ]);
});

test('times are given for one unit of work', async () => {
  const { contestants, now } = race({ a: [8], b: [8] }, { a: 4 });
  const [a, b] = await compare(contestants, { warmUps: 0, rounds: 1, now });
  expect([a?.best, b?.best, b?.ratio]).toEqual([2, 8, 4]);
});

test('a contestant with a clock of its own is believed', async () => {
  const { contestants, now } = race({ a: [8, 8, 8] });
  const elsewhere: Contestant = { name: 'elsewhere', run: async () => 6, units: 2, ownClock: true };
  const [, other] = await compare([...contestants, elsewhere], { warmUps: 0, rounds: 3, now });
  expect(other?.median).toBe(3);
});

test('times taken between pulses that were slow are left out', async () => {
  const { contestants, now, pulse } = race({ a: [5, 50, 6, 7] });
  const [a] = await compare(contestants, { warmUps: 0, rounds: 4, now, pulse: pulse([1, 1, 1, 2, 1, 1.1, 1, 1]) });
  expect(a).toMatchObject({ best: 5, median: 6, kept: 3, taken: 4 });
});

test('a third of the times is kept, those between the steadiest pulses, however busy the machine is', async () => {
  const { contestants, now, pulse } = race({ a: [5, 50, 60], b: [7, 8, 9] });
  const pulses = [3, 3, 1, 1, 4, 4, 4, 4, 5, 5, 6, 6];
  const [a, b] = await compare(contestants, { warmUps: 0, rounds: 3, now, pulse: pulse(pulses) });
  expect([a?.kept, a?.median, b?.kept, b?.median]).toEqual([1, 5, 1, 7]);
});

test('no round begins when the time is used up, after the first three', async () => {
  const { contestants, now } = race({ a: Array(10).fill(4) });
  const rounds = async (budget: number) =>
    (await compare(contestants, { warmUps: 0, rounds: 9, now, budget }))[0]?.taken;
  expect(await rounds(1)).toBe(3);
  expect(await rounds(17)).toBe(5);
});

test('a contestant that fails makes the comparison fail', async () => {
  const broken: Contestant = { name: 'broken', run: () => Promise.reject(new Error('no result')) };
  await expect(compare([broken])).rejects.toThrow('no result');
});

test('the median of an even number of times is the mean of the middle two', () => {
  expect(median([10, 1, 3, 2])).toBe(2.5);
  expect(median([10, 1, 3])).toBe(3);
});
