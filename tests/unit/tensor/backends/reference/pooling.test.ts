import { describe, expect, it } from 'vitest';
import type { PoolParams } from '../../../../../src/tensor/ops/primitives.js';
import type { Shape } from '../../../../../src/tensor/shape.js';
import { at, block, integerBlock, positions, run, transposeOf } from './run-kernel.js';

interface Case {
  readonly name: string;
  readonly x: Shape;
  readonly y: Shape;
  readonly params: PoolParams;
}

const cases: readonly Case[] = [
  {
    name: '2x2',
    x: [2, 4, 5, 3],
    y: [2, 2, 2, 3],
    params: {
      poolSize: [2, 2],
      strides: [2, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  },
  {
    name: 'overlapping 3x3 with asymmetric padding',
    x: [1, 6, 5, 2],
    y: [1, 3, 3, 2],
    params: {
      poolSize: [3, 3],
      strides: [2, 2],
      padding: [
        [0, 1],
        [1, 1],
      ],
    },
  },
  {
    name: '2x3 with strides 1 and 2',
    x: [1, 3, 4, 1],
    y: [1, 3, 2, 1],
    params: {
      poolSize: [2, 3],
      strides: [1, 2],
      padding: [
        [1, 0],
        [0, 1],
      ],
    },
  },
  {
    name: 'a 1x1 image',
    x: [2, 1, 1, 2],
    y: [2, 1, 1, 2],
    params: {
      poolSize: [3, 3],
      strides: [1, 1],
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
  },
  {
    name: 'no images',
    x: [0, 4, 4, 2],
    y: [0, 2, 2, 2],
    params: {
      poolSize: [2, 2],
      strides: [2, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  },
];

/** For every element of the output, positions in `x` of what its window sees. */
function windowsOf({ x, y, params: { poolSize, strides, padding } }: Case): number[][][] {
  const [, height, width] = x as [number, number, number];
  return positions(y).map(([n, row, column, channel]) =>
    positions(poolSize)
      .map(([i, j]) => [
        n as number,
        (row as number) * strides[0] - padding[0][0] + (i as number),
        (column as number) * strides[1] - padding[1][0] + (j as number),
        channel as number,
      ])
      .filter(
        ([, r, c]) => (r as number) >= 0 && (r as number) < height && (c as number) >= 0 && (c as number) < width,
      ),
  );
}

describe.each(cases)('$name', (pool) => {
  const { params } = pool;
  const windows = windowsOf(pool);
  // Few different integers: many ties.
  const x = integerBlock(pool.x, 1);
  const dy = integerBlock(pool.y, 2);
  const g = integerBlock(pool.x, 3);
  const firstMaxima = windows.map((window) => {
    const values = window.map((position) => at(x, position));
    return window[values.indexOf(Math.max(...values))] as number[];
  });

  it('maxPool2d takes the largest, maxPool2dSelect what lies at the first of them', () => {
    expect(run('maxPool2d', pool.y, [x], params)).toEqual(firstMaxima.map((position) => at(x, position)));
    expect(run('maxPool2dSelect', pool.y, [x, g], params)).toEqual(firstMaxima.map((position) => at(g, position)));
  });

  it('maxPool2dGradient is the transpose of maxPool2dSelect', () => {
    expect(run('maxPool2dGradient', pool.x, [x, dy], params)).toEqual(
      transposeOf((unit) => firstMaxima.map((position) => at(unit, position)), pool.x, dy.data),
    );
  });

  it('avgPool2d is the mean of what lies inside, and avgPool2dGradient its transpose', () => {
    const mean = (input: typeof x) =>
      windows.map((window) => window.reduce((sum, position) => sum + at(input, position), 0) / window.length);
    const result = run('avgPool2d', pool.y, [x], params);
    expect(result).toEqual(mean(x).map((value) => expect.closeTo(value, 6) as number));
    const inputShape = pool.x;
    const gradient = run('avgPool2dGradient', inputShape, [dy], { ...params, inputShape });
    expect(gradient).toEqual(transposeOf(mean, inputShape, dy.data).map((value) => expect.closeTo(value, 5) as number));
  });
});

const row: PoolParams = {
  poolSize: [1, 3],
  strides: [1, 3],
  padding: [
    [0, 0],
    [0, 0],
  ],
};

it('max pooling propagates NaN and takes its place', () => {
  const x = block([1, 1, 6, 1], [1, NaN, NaN, -Infinity, -Infinity, -Infinity]);
  const g = block([1, 1, 6, 1], [1, 2, 3, 4, 5, 6]);
  expect(run('maxPool2d', [1, 1, 2, 1], [x], row)).toEqual([NaN, -Infinity]);
  expect(run('maxPool2dSelect', [1, 1, 2, 1], [x, g], row)).toEqual([2, 4]);
  expect(run('maxPool2dGradient', x.shape, [x, block([1, 1, 2, 1], [7, 8])], row)).toEqual([0, 7, 0, 8, 0, 0]);
});

it('padding never wins a maximum', () => {
  const params: PoolParams = {
    poolSize: [1, 2],
    strides: [1, 1],
    padding: [
      [0, 0],
      [1, 1],
    ],
  };
  expect(run('maxPool2d', [1, 1, 3, 1], [block([1, 1, 2, 1], [-3, -5])], params)).toEqual([-3, -3, -5]);
});

it('a window that sees nothing is -infinity as a maximum and selects 0', () => {
  const params: PoolParams = {
    poolSize: [1, 1],
    strides: [1, 1],
    padding: [
      [0, 0],
      [1, 0],
    ],
  };
  const x = block([1, 1, 1, 1], [5]);
  expect(run('maxPool2d', [1, 1, 2, 1], [x], params)).toEqual([-Infinity, 5]);
  expect(run('maxPool2dSelect', [1, 1, 2, 1], [x, x], params)).toEqual([0, 5]);
});
