import { describe, expect, it } from 'vitest';
import { errorFunction } from '../../../../../src/tensor/backends/reference/kernels/erf.js';
import { block, run } from './run-kernel.js';

const functions = {
  neg: (x) => -x,
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
} as const satisfies Record<string, (x: number) => number>;

const values = [-2, -0.5, 0, 0.25, 3, Infinity, -Infinity, NaN];

it.each(Object.entries(functions))('%s', (name, expected) => {
  for (const dtype of ['float32', 'float64'] as const) {
    const round = dtype === 'float32' ? Math.fround : (x: number) => x;
    const result = run(name as keyof typeof functions, [8], [block([8], values, dtype)], null);
    const wanted = values.map((x) => round(expected(x)));
    expect(result.map((y) => y + 0)).toEqual(wanted.map((y) => y + 0));
  }
});

it('relu lets pass what is between 0 and its maximum, and its gradient what was strictly between', () => {
  const x = block([8], [-2, -0, 0, 3, 6, 7, Infinity, NaN]);
  const dy = block([8], [1, 2, 3, 4, 5, 6, 7, 8]);
  const [none, six] = [{ maximum: Infinity }, { maximum: 6 }];
  expect(run('relu', [8], [x], none)).toEqual([0, -0, 0, 3, 6, 7, Infinity, NaN]);
  expect(run('relu', [8], [x], six)).toEqual([0, -0, 0, 3, 6, 6, 6, NaN]);
  expect(run('reluGradient', [8], [dy, x], none)).toEqual([0, 0, 0, 4, 5, 6, 0, 0]);
  expect(run('reluGradient', [8], [dy, x], six)).toEqual([0, 0, 0, 4, 0, 0, 0, 0]);
});

it('neg and abs take integers', () => {
  const x = block([3], [-2, 0, 5], 'int32');
  expect(run('neg', [3], [x], null)).toEqual([2, 0, -5]);
  expect(run('abs', [3], [x], null)).toEqual([2, 0, 5]);
});

it('sigmoid is accurate on both sides and does not overflow', () => {
  const x = [-800, -40, -1, 0, 1, 40, 800, NaN];
  const result = run('sigmoid', [8], [block([8], x, 'float64')], null);
  const expected = [0, 4.248354255291589e-18, 0.2689414213699951, 0.5, 0.7310585786300049, 1, 1, NaN];
  for (const [i, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(result[i]).toBeNaN();
    else expect(Math.abs((result[i] as number) - value)).toBeLessThanOrEqual(4e-16 * value);
  }
});

describe('erf', () => {
  // mpmath 1.3.0 with 40 digits
  it.each([
    [1e-300, 1.1283791670955126e-300],
    [0.1, 0.1124629160182849],
    [0.46, 0.4846553900016797],
    [0.5, 0.5204998778130465],
    [-0.75, -0.7111556336535151],
    [1, 0.8427007929497149],
    [1.5, 0.9661051464753108],
    [2, 0.9953222650189527],
    [3.5, 0.9999992569016276],
    [4, 0.9999999845827421],
    [4.5, 0.9999999998033839],
    [5.5, 0.9999999999999927],
    [7, 1],
    [-Infinity, -1],
  ])('of %d to 4e-16', (x, expected) => {
    expect(Math.abs(errorFunction(x) / expected - 1)).toBeLessThanOrEqual(4e-16);
  });

  it('is continuous where one approximation takes over from another', () => {
    for (const x of [0.46875, 4, 6]) {
      const step = errorFunction(x * (1 + 1e-12)) - errorFunction(x);
      expect(step).toBeGreaterThanOrEqual(-3e-16);
      expect(step).toBeLessThan(2e-12);
    }
  });

  it('keeps the sign of 0 and propagates NaN', () => {
    expect(errorFunction(-0)).toBe(-0);
    expect(run('erf', [2], [block([2], [NaN, 0])], null)).toEqual([NaN, 0]);
  });
});

describe('cast', () => {
  const x = block([8], [-1.9, 1.9, 300.5, 3e10, -3e10, NaN, Infinity, 0]);

  it('from float to int32 drops the fraction and saturates; NaN becomes 0', () => {
    const [most, least] = [2147483647, -2147483648];
    expect(run('cast', [8], [x], { dtype: 'int32' }, 'int32')).toEqual([-1, 1, 300, most, least, 0, most, 0]);
  });

  it('from float to uint8 drops the fraction and saturates; NaN becomes 0', () => {
    expect(run('cast', [8], [x], { dtype: 'uint8' }, 'uint8')).toEqual([0, 1, 255, 255, 0, 0, 255, 0]);
  });

  it('to bool is true for anything but 0', () => {
    expect(run('cast', [8], [x], { dtype: 'bool' }, 'bool')).toEqual([1, 1, 1, 1, 1, 1, 1, 0]);
  });

  it('between integers keeps the low bits, as TensorFlow', () => {
    expect(run('cast', [2], [block([2], [300, -1], 'int32')], { dtype: 'uint8' }, 'uint8')).toEqual([44, 255]);
  });

  it('to float keeps the number', () => {
    expect(run('cast', [2], [block([2], [0, 1], 'bool')], { dtype: 'float32' }, 'float32')).toEqual([0, 1]);
    expect(run('cast', [1], [block([1], [0.1])], { dtype: 'float64' }, 'float64')).toEqual([Math.fround(0.1)]);
  });
});
