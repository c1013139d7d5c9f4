import { describe, expect, it } from 'vitest';
import { gemm } from '../../../../../src/tensor/backends/reference/kernels/gemm.js';
import { at, block, integerBlock, positions, run } from './run-kernel.js';

const sizes: readonly (readonly [batch: readonly number[], m: number, k: number, n: number])[] = [
  [[], 1, 1, 1],
  [[], 4, 4, 4],
  [[], 5, 3, 7],
  [[], 9, 17, 6],
  [[2, 3], 3, 5, 2],
  [[0], 2, 3, 4],
  [[], 0, 3, 4],
  [[], 3, 4, 0],
  [[], 3, 0, 2],
];

describe.each(sizes)('batch %j, %i x %i x %i', (batch, m, k, n) => {
  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('transposeA %s, transposeB %s', (transposeA, transposeB) => {
    for (const dtype of ['float32', 'float64', 'int32'] as const) {
      const a = integerBlock([...batch, ...(transposeA ? [k, m] : [m, k])], 1, dtype);
      const b = integerBlock([...batch, ...(transposeB ? [n, k] : [k, n])], 2, dtype);
      const shape = [...batch, m, n];
      const expected = positions(shape).map((position) => {
        const [i, j] = position.slice(-2) as [number, number];
        const outer = position.slice(0, -2);
        let sum = 0;
        for (let l = 0; l < k; l++) {
          sum +=
            at(a, [...outer, ...(transposeA ? [l, i] : [i, l])]) * at(b, [...outer, ...(transposeB ? [j, l] : [l, j])]);
        }
        return sum;
      });
      expect(run('matmul', shape, [a, b], { transposeA, transposeB })).toEqual(expected);
    }
  });
});

it('does not turn infinities into NaN at the edges of tiles', () => {
  const a = block([1, 1], [Infinity]);
  expect(run('matmul', [1, 1], [a, block([1, 1], [2])], { transposeA: false, transposeB: false })).toEqual([Infinity]);
});

it('gives the same when the operands do not fit in one set of panels', () => {
  // 2^17 / (4 * 20000) is one panel of rows, 2^20 / (4 * 20000) thirteen of columns.
  const [m, k, n] = [6, 20000, 55];
  const a = integerBlock([m, k], 1);
  const b = integerBlock([k, n], 2);
  const expected = positions([m, n]).map(([i, j]) => {
    let sum = 0;
    for (let l = 0; l < k; l++)
      sum += (a.data[(i as number) * k + l] as number) * (b.data[l * n + (j as number)] as number);
    return sum;
  });
  expect(run('matmul', [m, n], [a, b], { transposeA: false, transposeB: false })).toEqual(expected);
});

it('gemm adds to what is there when asked to', () => {
  const c = new Float64Array([1, 2]);
  const row = { data: new Float64Array([3, 4]), start: 0, rowStep: 2, columnStep: 1 };
  const one = { data: new Float64Array([1]), start: 0, rowStep: 1, columnStep: 1 };
  gemm(1, 2, 1, one, row, { data: c, start: 0, rowStep: 2, columnStep: 1 }, true);
  expect([...c]).toEqual([4, 6]);
});
