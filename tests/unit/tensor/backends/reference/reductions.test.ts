import { describe, expect, it } from 'vitest';
import { reducedShape } from '../../../../../src/tensor/shape.js';
import { block, integerBlock, positions, run } from './run-kernel.js';

const folds = {
  sum: (values: readonly number[]) => values.reduce((a, b) => a + b, 0),
  max: (values: readonly number[]) => Math.max(...values),
  min: (values: readonly number[]) => Math.min(...values),
};

const cases: readonly (readonly [shape: readonly number[], axes: readonly number[]])[] = [
  [[], []],
  [[5], [0]],
  [[3, 4], [0]],
  [[3, 4], [1]],
  [[3, 4], []],
  [
    [2, 3, 4, 5],
    [0, 1, 2],
  ],
  [
    [2, 3, 4, 5],
    [1, 2],
  ],
  [
    [2, 3, 4, 5],
    [0, 2],
  ],
  [
    [2, 3, 4, 5],
    [1, 3],
  ],
  [
    [2, 3, 4, 5],
    [0, 1, 2, 3],
  ],
  [
    [1, 3, 1],
    [0, 2],
  ],
  [[0, 3], [1]],
];

describe.each(cases)('over shape %j, axes %j', (shape, axes) => {
  it.each(['sum', 'max', 'min'] as const)('%s', (name) => {
    for (const dtype of ['float32', 'float64', 'int32'] as const) {
      const x = integerBlock(shape, 3, dtype);
      const kept = reducedShape(shape, axes, true);
      const groups = new Map(positions(kept).map((position) => [position.join(), [] as number[]]));
      positions(shape).forEach((position, i) => {
        const key = position.map((index, axis) => (axes.includes(axis) ? 0 : index)).join();
        groups.get(key)?.push(x.data[i] as number);
      });
      const expected = [...groups.values()].map(folds[name]);
      for (const keepDims of [false, true]) {
        const result = run(name, reducedShape(shape, axes, keepDims), [x], { axes, keepDims });
        expect(result).toEqual(expected.map((value) => value + 0));
      }
    }
  });
});

it('the sum of nothing is 0', () => {
  expect(run('sum', [3], [block([0, 3], [])], { axes: [0], keepDims: false })).toEqual([0, 0, 0]);
});

it('a float32 sum over leading or trailing axes does not accumulate rounding errors', () => {
  const size = 300_000;
  const x = block([size], new Float32Array(size).fill(0.1));
  const exact = Math.fround(size * Math.fround(0.1));
  expect(run('sum', [], [x], { axes: [0], keepDims: false })).toEqual([exact]);
  const columns = { ...x, shape: [size / 2, 2] };
  expect(run('sum', [2], [columns], { axes: [0], keepDims: false })).toEqual([
    Math.fround(exact / 2),
    Math.fround(exact / 2),
  ]);
});

it('max and min propagate NaN and infinities', () => {
  const x = block([3, 2], [1, -Infinity, NaN, 2, Infinity, -Infinity]);
  const params = { axes: [1], keepDims: false };
  expect(run('max', [3], [x], params)).toEqual([1, NaN, Infinity]);
  expect(run('min', [3], [x], params)).toEqual([-Infinity, NaN, -Infinity]);
  expect(run('max', [2], [x], { axes: [0], keepDims: false })).toEqual([NaN, 2]);
});

describe('argMax', () => {
  it('gives the first of equal elements, along any axis', () => {
    const x = block([2, 3], [5, 7, 7, 9, 2, 9]);
    expect(run('argMax', [2], [x], { axis: 1 }, 'int32')).toEqual([1, 0]);
    expect(run('argMax', [3], [x], { axis: 0 }, 'int32')).toEqual([1, 0, 1]);
    const deep = block([2, 2, 2], [1, 2, 3, 0, 5, 5, 5, 6]);
    expect(run('argMax', [2, 2], [deep], { axis: 1 }, 'int32')).toEqual([1, 0, 0, 1]);
  });

  it('counts NaN as largest, the first of them', () => {
    expect(run('argMax', [1], [block([1, 4], [1, NaN, 9, NaN])], { axis: 1 }, 'int32')).toEqual([1]);
    expect(run('argMax', [1], [block([1, 2], [-Infinity, -Infinity])], { axis: 1 }, 'int32')).toEqual([0]);
  });

  it('of an empty batch is empty', () => {
    expect(run('argMax', [0], [block([0, 4], [])], { axis: 1 }, 'int32')).toEqual([]);
  });
});
