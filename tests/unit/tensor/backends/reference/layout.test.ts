import { describe, expect, it } from 'vitest';
import { at, block, integerBlock, positions, run } from './run-kernel.js';

const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const;

it.each(dtypes)('reshape copies %s', (dtype) => {
  const x = block([2, 3], [1, 0, 1, 0, 0, 1], dtype);
  expect(run('reshape', [3, 2], [x], { shape: [3, 2] })).toEqual([...x.data]);
});

describe('transpose', () => {
  it.each([
    [[], []],
    [[3], [0]],
    [
      [2, 3],
      [1, 0],
    ],
    [
      [2, 3, 4],
      [2, 0, 1],
    ],
    [
      [2, 3, 4],
      [0, 2, 1],
    ],
    [
      [2, 3, 4, 5],
      [0, 3, 1, 2],
    ],
    [
      [2, 3, 4, 5],
      [3, 2, 1, 0],
    ],
    [
      [2, 1, 4, 100],
      [2, 1, 0, 3],
    ],
    [
      [0, 3],
      [1, 0],
    ],
  ])('%j by %j', (shape: readonly number[], permutation: readonly number[]) => {
    const x = integerBlock(shape);
    const to = permutation.map((axis) => shape[axis] as number);
    const expected = positions(to).map((position) =>
      at(
        x,
        shape.map((_, axis) => position[permutation.indexOf(axis)] as number),
      ),
    );
    expect(run('transpose', to, [x], { permutation })).toEqual(expected);
  });
});

it('broadcastTo repeats along missing axes and axes of size 1', () => {
  const x = block([2, 1], [1, 2]);
  expect(run('broadcastTo', [2, 2, 3], [x], { shape: [2, 2, 3] })).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2]);
  expect(run('broadcastTo', [3], [block([], [4])], { shape: [3] })).toEqual([4, 4, 4]);
  expect(run('broadcastTo', [0, 2], [block([2], [1, 2])], { shape: [0, 2] })).toEqual([]);
});

describe('pad', () => {
  it('surrounds with a value, by different amounts on each side', () => {
    const x = block([2, 2], [1, 2, 3, 4]);
    const params = {
      padding: [
        [1, 0],
        [0, 2],
      ] as const,
      value: 9,
    };
    expect(run('pad', [3, 4], [x], params)).toEqual([9, 9, 9, 9, 1, 2, 9, 9, 3, 4, 9, 9]);
  });

  it('of nothing is all padding; of a scalar nothing changes', () => {
    expect(run('pad', [2], [block([0], [])], { padding: [[1, 1]], value: -Infinity })).toEqual([-Infinity, -Infinity]);
    expect(run('pad', [], [block([], [3])], { padding: [], value: 0 })).toEqual([3]);
  });
});

describe('slice', () => {
  it('takes a box', () => {
    const x = block([3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(run('slice', [2, 2], [x], { begin: [1, 1], size: [2, 2] })).toEqual([5, 6, 9, 10]);
    expect(run('slice', [0, 2], [x], { begin: [3, 0], size: [0, 2] })).toEqual([]);
    expect(run('slice', [3, 1], [x], { begin: [0, 3], size: [3, 1] })).toEqual([3, 7, 11]);
  });
});

describe('concat', () => {
  const a = block([2, 2], [1, 2, 3, 4]);
  const b = block([2, 1], [5, 6]);

  it('joins along an inner axis, skipping what is empty', () => {
    const empty = block([2, 0], []);
    expect(run('concat', [2, 3], [a, empty, b], { axis: 1 })).toEqual([1, 2, 5, 3, 4, 6]);
  });

  it('joins along the first axis', () => {
    expect(run('concat', [3, 2], [a, block([1, 2], [7, 8])], { axis: 0 })).toEqual([1, 2, 3, 4, 7, 8]);
  });

  it('copies long runs', () => {
    const long = integerBlock([2, 100]);
    expect(run('concat', [2, 101], [long, b], { axis: 1 })).toEqual([
      ...long.data.slice(0, 100),
      5,
      ...long.data.slice(100),
      6,
    ]);
  });
});
