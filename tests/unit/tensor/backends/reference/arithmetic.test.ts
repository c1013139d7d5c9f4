import { describe, expect, it } from 'vitest';
import type { DType } from '../../../../../src/tensor/dtype.js';
import { broadcastShapes } from '../../../../../src/tensor/shape.js';
import { at, block, integerBlock, positions, run } from './run-kernel.js';

const floats = ['float32', 'float64'] as const;

const operations = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  maximum: Math.max,
  minimum: Math.min,
} as const satisfies Record<string, (a: number, b: number) => number>;

const comparisons = {
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b,
  less: (a, b) => a < b,
  lessEqual: (a, b) => a <= b,
  greater: (a, b) => a > b,
  greaterEqual: (a, b) => a >= b,
} as const satisfies Record<string, (a: number, b: number) => boolean>;

const shapes: readonly (readonly [a: readonly number[], b: readonly number[]])[] = [
  [[], []],
  [
    [3, 4],
    [3, 4],
  ],
  [[2, 3, 4], []],
  [[], [2, 3]],
  [[2, 5, 3], [3]],
  [[3], [2, 5, 3]],
  [
    [4, 1],
    [1, 3],
  ],
  [
    [2, 3, 4, 5],
    [2, 1, 1, 5],
  ],
  [
    [2, 1, 4, 1],
    [3, 1, 5],
  ],
  [
    [1, 1, 1],
    [2, 2],
  ],
  [[0, 3], [3]],
  [
    [2, 0],
    [1, 1],
  ],
];

/** A broadcast operand's position under a position of the result. */
function under(shape: readonly number[], position: readonly number[]): number[] {
  const extra = position.length - shape.length;
  return shape.map((size, axis) => (size === 1 ? 0 : (position[axis + extra] as number)));
}

describe.each(shapes)('operands %j and %j', (left, right) => {
  const shape = broadcastShapes('test', left, right);
  const pairs = (dtype: DType) => {
    const a = integerBlock(left, 1, dtype);
    const b = integerBlock(right, 2, dtype);
    const values = positions(shape).map((p) => [at(a, under(left, p)), at(b, under(right, p))] as const);
    return { a, b, values };
  };

  it.each(Object.entries(operations))('%s', (name, expected) => {
    for (const dtype of ['float32', 'float64', 'int32'] as const) {
      const { a, b, values } = pairs(dtype);
      const result = run(name as keyof typeof operations, shape, [a, b], null);
      expect(result.map((value) => value + 0)).toEqual(values.map(([x, y]) => expected(x, y) + 0));
    }
  });

  it.each(Object.entries(comparisons))('%s', (name, expected) => {
    const { a, b, values } = pairs('float32');
    const result = run(name as keyof typeof comparisons, shape, [a, b], null, 'bool');
    expect(result).toEqual(values.map(([x, y]) => Number(expected(x, y))));
  });
});

it('integer division drops the fraction, and division by 0 gives 0', () => {
  const a = block([6], [7, -7, 7, 5, -5, 0], 'int32');
  const b = block([6], [2, 2, -2, 0, 0, 0], 'int32');
  expect(run('div', [6], [a, b], null)).toEqual([3, -3, -3, 0, 0, 0]);
});

it('integer multiplication keeps the low 32 bits', () => {
  const a = block([2], [123456789, -5], 'int32');
  const b = block([2], [987654321, 7], 'int32');
  expect(run('mul', [2], [a, b], null)).toEqual([Math.imul(123456789, 987654321), -35]);
});

it('floating division and powers are IEEE', () => {
  for (const dtype of floats) {
    const a = block([4], [1, -1, 0, 9], dtype);
    expect(run('div', [4], [a, block([4], [0, 0, 0, 4], dtype)], null)).toEqual([Infinity, -Infinity, NaN, 2.25]);
    expect(run('pow', [4], [a, block([4], [3, 0.5, 0, -0.5], dtype)], null)).toEqual([
      1,
      NaN,
      1,
      dtype === 'float32' ? Math.fround(1 / 3) : 1 / 3,
    ]);
  }
});

it('maximum and minimum propagate NaN from either side', () => {
  const a = block([3], [NaN, 1, NaN]);
  const b = block([3], [1, NaN, NaN]);
  expect(run('maximum', [3], [a, b], null)).toEqual([NaN, NaN, NaN]);
  expect(run('minimum', [3], [a, b], null)).toEqual([NaN, NaN, NaN]);
});

it('every comparison with NaN is false, except notEqual', () => {
  for (const name of Object.keys(comparisons) as (keyof typeof comparisons)[]) {
    const result = run(name, [2], [block([2], [NaN, NaN]), block([2], [1, NaN])], null, 'bool');
    expect(result).toEqual(name === 'notEqual' ? [1, 1] : [0, 0]);
  }
});

it('logical operations', () => {
  const a = block([2, 2], [0, 0, 1, 1], 'bool');
  const b = block([2], [0, 1], 'bool');
  expect(run('logicalAnd', [2, 2], [a, b], null)).toEqual([0, 0, 0, 1]);
  expect(run('logicalOr', [2, 2], [a, b], null)).toEqual([0, 1, 1, 1]);
  expect(run('logicalNot', [2], [b], null)).toEqual([1, 0]);
});

it('where broadcasts its three operands', () => {
  const condition = block([2, 1], [1, 0], 'bool');
  for (const dtype of [...floats, 'int32', 'uint8'] as const) {
    const a = block([3], [1, 2, 3], dtype);
    expect(run('where', [2, 3], [condition, a, block([], [9], dtype)], null, dtype)).toEqual([1, 2, 3, 9, 9, 9]);
  }
});
