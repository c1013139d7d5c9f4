import { getSchedule, type LearningRateSchedule, schedules } from 'mapache/optim';
import { ArgumentError, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { cosPi } from '../../../src/optim/schedules/cosPi.js';
import { ceil, floor } from '../../../src/optim/schedules/floor.js';
import { relativeError } from '../../support/relative-error.js';

async function rates(schedule: LearningRateSchedule, steps: readonly number[]): Promise<readonly number[]> {
  return Promise.all(steps.map((step) => schedule.rateAt(tensor(step)).item()));
}

describe('schedules', () => {
  const initialLearningRate = 8;
  const half = { initialLearningRate, decaySteps: 2, decayRate: 0.5 };

  it.each([
    ['exponential', schedules.exponentialDecay(half), [8, 8 * Math.SQRT1_2, 4, 2]],
    ['exponential in stairs', schedules.exponentialDecay({ ...half, staircase: true }), [8, 8, 4, 2]],
    ['inverse time', schedules.inverseTimeDecay(half), [8, 6.4, 8 / 1.5, 4]],
    ['polynomial', schedules.polynomialDecay({ initialLearningRate, decaySteps: 4, endLearningRate: 0 }), [8, 6, 4, 0]],
    [
      'polynomial with cycles',
      schedules.polynomialDecay({ initialLearningRate, decaySteps: 3, endLearningRate: 0, cycle: true }),
      [8, 8 * (2 / 3), 8 / 3, 8 / 3],
    ],
    ['constant pieces', schedules.piecewiseConstantDecay({ boundaries: [1, 2], values: [3, 2, 1] }), [3, 3, 2, 1]],
    ['cosine', schedules.cosineDecay({ initialLearningRate, decaySteps: 4 }), [8, 4 + 4 * Math.SQRT1_2, 4, 0]],
    [
      'cosine with a warm-up',
      schedules.cosineDecay({ initialLearningRate: 0, decaySteps: 4, warmupTarget: 8, warmupSteps: 2 }),
      [0, 4, 8, 4],
    ],
    [
      'cosine with restarts',
      schedules.cosineDecayRestarts({ initialLearningRate, firstDecaySteps: 2, tMul: 1, mMul: 0.5 }),
      [8, 4, 4, 2],
    ],
    [
      'one cycle',
      schedules.oneCycle({ maxLearningRate: 8, totalSteps: 4, pctStart: 0.5, divFactor: 4, finalDivFactor: 8 }),
      [2, 5, 8, 1],
    ],
    ['a warm-up to a rate', schedules.linearWarmup(8, { warmupSteps: 2 }), [0, 4, 8, 8]],
    [
      'a warm-up before a cosine',
      schedules.linearWarmup(schedules.cosineDecay({ initialLearningRate, decaySteps: 4 }), {
        warmupSteps: 2,
        startLearningRate: 2,
      }),
      [2, 5, 8, 4],
    ],
  ] as const)('%s', async (_, schedule, expected) => {
    expect(relativeError(await rates(schedule, [0, 1, 2, 4]), expected)).toBeLessThan(1e-6);
    const { className, config } = schedule;
    expect(getSchedule({ className, config }).config).toEqual(config);
  });

  it('refuse options outside their range, and names that are none', () => {
    expect(() => schedules.exponentialDecay({ ...half, decaySteps: 0 })).toThrow(ArgumentError);
    expect(() => schedules.piecewiseConstantDecay({ boundaries: [1], values: [1] })).toThrow(ArgumentError);
    expect(() => schedules.piecewiseConstantDecay({ boundaries: [2, 1], values: [1, 2, 3] })).toThrow(ArgumentError);
    expect(() => getSchedule({ className: 'constructor' })).toThrow(ArgumentError);
    expect(() => schedules.oneCycle({ maxLearningRate: 1, totalSteps: 4, pctStart: 1 })).toThrow(/pctStart/);
    expect(() => schedules.linearWarmup(schedules.exponentialDecay(half), { warmupSteps: 2 })).toThrow(
      /ExponentialDecay/,
    );
    expect(() => schedules.linearWarmup(schedules.linearWarmup(1, { warmupSteps: 2 }), { warmupSteps: 2 })).toThrow(
      ArgumentError,
    );
    expect(() => getSchedule({ className: 'CosineDecay' })).toThrow(/initialLearningRate/);
  });
});

it('end a cycle where it should end, by default a hundred thousandth of the top', async () => {
  const schedule = schedules.oneCycle({ maxLearningRate: 1, totalSteps: 100 });
  const [start, top, end] = await rates(schedule, [0, 25, 100]);
  expect([start, top]).toEqual([expect.closeTo(0.04, 7), 1]);
  expect(end).toBeCloseTo(1e-5, 9);
});

describe('functions that schedules are made of', () => {
  const points = Array.from({ length: 201 }, (_, i) => i / 200);

  it('cosPi is the cosine of half a turn to ten decimals', async () => {
    const actual = await cosPi(tensor(points, { dtype: 'float64' })).data();
    points.forEach((x, i) => {
      expect(Math.abs((actual[i] as number) - Math.cos(Math.PI * x))).toBeLessThan(1e-10);
    });
  });

  it('floor and ceil go to the next integer, and leave integers alone', async () => {
    const x = tensor([0, 0.25, 0.999, 1, 7.5, 1000]);
    expect(await floor(x).array()).toEqual([0, 0, 0, 1, 7, 1000]);
    expect(await ceil(x).array()).toEqual([0, 1, 1, 1, 8, 1000]);
  });
});
