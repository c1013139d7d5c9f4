import { AxisError, ShapeError, ShapeMismatchError } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import {
  broadcastShapes,
  checkAxes,
  checkAxis,
  checkShape,
  maxTensorSize,
  reducedShape,
  sameShape,
  sizeOf,
  stridesOf,
} from '../../../src/tensor/shape.js';

it('sizeOf multiplies the dimensions; a scalar has one element', () => {
  expect(sizeOf([])).toBe(1);
  expect(sizeOf([2, 3, 4])).toBe(24);
  expect(sizeOf([2, 0, 4])).toBe(0);
});

it('stridesOf counts the elements below each dimension', () => {
  expect(stridesOf([])).toEqual([]);
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
});

it('sameShape asks for the same rank and the same sizes', () => {
  expect(sameShape([2, 3], [2, 3])).toBe(true);
  expect(sameShape([2, 3], [3, 2])).toBe(false);
  expect(sameShape([2], [2, 1])).toBe(false);
  expect(sameShape([], [])).toBe(true);
});

describe('checkShape', () => {
  it('accepts sizes from 0 on and returns the shape', () => {
    expect(checkShape('test', [0, 3])).toEqual([0, 3]);
    expect(checkShape('test', [maxTensorSize])).toEqual([maxTensorSize]);
  });

  it.each([[[-1]], [[1.5]], [[Number.NaN]], [[maxTensorSize + 1]], [[2 ** 20, 2 ** 20]]])('refuses %j', (shape) => {
    expect(() => checkShape('test', shape)).toThrow(ShapeError);
  });
});

describe('axes', () => {
  it('negative ones count from the end', () => {
    expect(checkAxis('test', -1, 3)).toBe(2);
    expect(checkAxis('test', -3, 3)).toBe(0);
    expect(checkAxis('test', 2, 3)).toBe(2);
  });

  it.each([
    [3, 3],
    [-4, 3],
    [0.5, 3],
    [0, 0],
  ])('%d is refused at rank %d', (axis, rank) => {
    expect(() => checkAxis('test', axis, rank)).toThrow(AxisError);
  });

  it('come sorted and once; none given means all', () => {
    expect(checkAxes('test', [2, 0, -1], 3)).toEqual([0, 2]);
    expect(checkAxes('test', -2, 3)).toEqual([1]);
    expect(checkAxes('test', undefined, 2)).toEqual([0, 1]);
    expect(checkAxes('test', null, 2)).toEqual([0, 1]);
    expect(checkAxes('test', [], 2)).toEqual([]);
  });

  it('leave a shape or become 1', () => {
    expect(reducedShape([2, 3, 4], [0, 2], false)).toEqual([3]);
    expect(reducedShape([2, 3, 4], [0, 2], true)).toEqual([1, 3, 1]);
  });
});

describe('broadcastShapes', () => {
  it.each([
    [[2, 3], [3], [2, 3]],
    [
      [2, 1, 4],
      [3, 1],
      [2, 3, 4],
    ],
    [[], [5], [5]],
    [[0], [1], [0]],
    [[1, 1], [1], [1, 1]],
  ])('%j and %j give %j', (a, b, result) => {
    expect(broadcastShapes('test', a, b)).toEqual(result);
    expect(broadcastShapes('test', b, a)).toEqual(result);
  });

  it('refuses sizes that differ where neither is 1', () => {
    expect(() => broadcastShapes('test', [2, 3], [2])).toThrow(ShapeMismatchError);
    expect(() => broadcastShapes('test', [0], [2])).toThrow(ShapeMismatchError);
  });
});
