import { describe, expect, it } from 'vitest';
import { block, integerBlock, run, transposeOf } from './run-kernel.js';

describe('gather', () => {
  const x = block([2, 3], [1, 2, 3, 4, 5, 6]);

  it('picks rows along the first axis, with the shape of the indices', () => {
    const indices = block([2, 2], [1, 0, 1, 1], 'int32');
    expect(run('gather', [2, 2, 3], [x, indices], { axis: 0 })).toEqual([4, 5, 6, 1, 2, 3, 4, 5, 6, 4, 5, 6]);
  });

  it('picks along an inner axis, and with a scalar index drops the axis', () => {
    expect(run('gather', [2, 2], [x, block([2], [2, 0], 'int32')], { axis: 1 })).toEqual([3, 1, 6, 4]);
    expect(run('gather', [2], [x, block([], [1], 'int32')], { axis: 1 })).toEqual([2, 5]);
  });

  it('gives NaN outside, or 0 for integers', () => {
    const indices = block([3], [-1, 1, 3], 'int32');
    expect(run('gather', [2, 3], [x, indices], { axis: 1 })).toEqual([NaN, 2, NaN, NaN, 5, NaN]);
    const whole = block([2, 3], [1, 2, 3, 4, 5, 6], 'int32');
    expect(run('gather', [2, 3], [whole, indices], { axis: 1 })).toEqual([0, 2, 0, 0, 5, 0]);
  });

  it('of no indices is empty', () => {
    expect(run('gather', [0, 3], [x, block([0], [], 'int32')], { axis: 0 })).toEqual([]);
  });
});

describe('scatterAdd', () => {
  it.each([0, 1, 2])('is the transpose of gather along axis %i', (axis) => {
    const shape = [3, 4, 2];
    const indices = block([2, 3], [0, 1, 1, 1, 0, 1], 'int32');
    const picked = [...shape.slice(0, axis), 2, 3, ...shape.slice(axis + 1)];
    const updates = integerBlock(picked, 5);
    const expected = transposeOf((x) => run('gather', picked, [x, indices], { axis }), shape, updates.data);
    expect(run('scatterAdd', shape, [updates, indices], { axis, size: shape[axis] as number })).toEqual(expected);
  });

  it('ignores indices outside', () => {
    const updates = block([3], [1, 2, 4]);
    const indices = block([3], [-1, 1, 2], 'int32');
    expect(run('scatterAdd', [2], [updates, indices], { axis: 0, size: 2 })).toEqual([0, 2]);
  });

  it('adds many small updates without losing them', () => {
    const updates = block([100_000], new Float32Array(100_000).fill(0.1));
    const indices = block([100_000], new Int32Array(100_000), 'int32');
    expect(run('scatterAdd', [1], [updates, indices], { axis: 0, size: 1 })).toEqual([
      Math.fround(1e5 * Math.fround(0.1)),
    ]);
  });
});

it('oneHot has a 1 at the index, and only zeros where it is outside', () => {
  const indices = block([2, 2], [0, 2, 3, -1], 'int32');
  for (const dtype of ['float32', 'bool'] as const) {
    expect(run('oneHot', [2, 2, 3], [indices], { depth: 3, dtype }, dtype)).toEqual([
      1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
    ]);
  }
});
