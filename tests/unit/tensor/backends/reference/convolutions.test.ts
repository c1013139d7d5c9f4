import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../../src/tensor/backends/reference/block.js';
import type { GroupedConvParams } from '../../../../../src/tensor/ops/primitives.js';
import type { Shape } from '../../../../../src/tensor/shape.js';
import { at, integerBlock, positions, run, transposeOf } from './run-kernel.js';

interface Case {
  readonly name: string;
  readonly x: Shape;
  /** `[height, width, input channels per group, output channels]` */
  readonly w: Shape;
  readonly params: GroupedConvParams;
}

const plain: GroupedConvParams = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  groups: 1,
};

const cases: readonly Case[] = [
  { name: '1x1', x: [2, 3, 4, 5], w: [1, 1, 5, 3], params: plain },
  { name: '1x1 of a 1x1 image', x: [1, 1, 1, 2], w: [1, 1, 2, 3], params: plain },
  { name: '1x1 with stride 2', x: [1, 5, 4, 3], w: [1, 1, 3, 2], params: { ...plain, strides: [2, 2] } },
  {
    name: '1x1 with padding',
    x: [1, 2, 2, 2],
    w: [1, 1, 2, 2],
    params: {
      ...plain,
      padding: [
        [1, 0],
        [0, 1],
      ],
    },
  },
  { name: '1x1 in 2 groups', x: [2, 2, 3, 4], w: [1, 1, 2, 6], params: { ...plain, groups: 2 } },
  { name: '3x3', x: [2, 5, 4, 2], w: [3, 3, 2, 5], params: plain },
  {
    name: '3x3 same',
    x: [1, 4, 5, 3],
    w: [3, 3, 3, 4],
    params: {
      ...plain,
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
  },
  {
    name: '3x3 with stride 2 and asymmetric padding',
    x: [2, 6, 7, 2],
    w: [3, 3, 2, 3],
    params: {
      ...plain,
      strides: [2, 2],
      padding: [
        [0, 1],
        [1, 2],
      ],
    },
  },
  {
    name: '2x3 with strides 1 and 2 and dilations 2 and 1',
    x: [1, 5, 6, 2],
    w: [2, 3, 2, 2],
    params: {
      ...plain,
      strides: [1, 2],
      dilations: [2, 1],
      padding: [
        [1, 1],
        [0, 2],
      ],
    },
  },
  {
    name: '3x2 in 3 groups, dilated',
    x: [1, 4, 3, 6],
    w: [3, 2, 2, 6],
    params: {
      ...plain,
      dilations: [2, 2],
      padding: [
        [2, 2],
        [2, 2],
      ],
      groups: 3,
    },
  },
  {
    name: 'a window larger than the image',
    x: [1, 2, 2, 1],
    w: [5, 5, 1, 2],
    params: {
      ...plain,
      padding: [
        [2, 2],
        [2, 2],
      ],
    },
  },
  { name: 'rows that no window sees', x: [1, 6, 6, 1], w: [1, 1, 1, 1], params: { ...plain, strides: [3, 4] } },
  { name: 'no images', x: [0, 4, 4, 2], w: [3, 3, 2, 2], params: plain },
];

function outputSize(
  size: number,
  window: number,
  axis: 0 | 1,
  { strides, dilations, padding }: GroupedConvParams,
): number {
  const [before, after] = padding[axis];
  return Math.floor((size + before + after - ((window - 1) * dilations[axis] + 1)) / strides[axis]) + 1;
}

function outputShape({ x, w, params }: Case, channels: number): number[] {
  const [batch, height, width] = x as [number, number, number];
  return [batch, outputSize(height, w[0] as number, 0, params), outputSize(width, w[1] as number, 1, params), channels];
}

/** Sums `x[n, row, column, c] * w[i, j, ...]` over the window, for the input channels that `pairs` names. */
function naive(
  x: Block,
  w: Block,
  shape: Shape,
  { strides, dilations, padding }: GroupedConvParams,
  pairs: (outputChannel: number) => readonly (readonly [inputChannel: number, ...filterIndex: number[]])[],
): number[] {
  return positions(shape).map(([n, row, column, channel]) => {
    let sum = 0;
    for (const [i, j] of positions(w.shape.slice(0, 2)) as [number, number][]) {
      const y = (row as number) * strides[0] - padding[0][0] + i * dilations[0];
      const z = (column as number) * strides[1] - padding[1][0] + j * dilations[1];
      for (const [c, ...filterIndex] of pairs(channel as number)) {
        sum += at(x, [n as number, y, z, c]) * at(w, [i, j, ...filterIndex]);
      }
    }
    return sum;
  });
}

describe.each(cases)('conv2d, $name', (convolution) => {
  const { params } = convolution;
  const [, , channels, filters] = convolution.w as [number, number, number, number];
  const shape = outputShape(convolution, filters);
  const forward = (x: Block, w: Block) =>
    naive(x, w, shape, params, (filter) => {
      const group = Math.floor(filter / (filters / params.groups));
      return Array.from({ length: channels }, (_, c) => [group * channels + c, c, filter] as const);
    });

  it.each(['float32', 'float64'] as const)('%s', (dtype) => {
    const x = integerBlock(convolution.x, 1, dtype);
    const w = integerBlock(convolution.w, 2, dtype);
    const dy = integerBlock(shape, 3, dtype);
    expect(run('conv2d', shape, [x, w], params)).toEqual(forward(x, w));
    expect(run('conv2dInputGradient', x.shape, [dy, w], { ...params, inputShape: x.shape })).toEqual(
      transposeOf((unit) => forward(unit, w), x.shape, dy.data),
    );
    expect(run('conv2dFilterGradient', w.shape, [x, dy], { ...params, filterShape: w.shape })).toEqual(
      transposeOf((unit) => forward(x, unit), w.shape, dy.data),
    );
  });
});

describe.each([1, 2, 3])('depthwiseConv2d with multiplier %i', (multiplier) => {
  it.each(cases)('$name', ({ name, x: inputShape, w: { 0: height, 1: width }, params }) => {
    const channels = inputShape[3] as number;
    const filterShape = [height as number, width as number, channels, multiplier];
    const shape = outputShape({ name, x: inputShape, w: filterShape, params }, channels * multiplier);
    const forward = (input: Block, filter: Block) =>
      naive(input, filter, shape, params, (channel) => {
        const c = Math.floor(channel / multiplier);
        return [[c, c, channel % multiplier]];
      });
    const x = integerBlock(inputShape, 1);
    const w = integerBlock(filterShape, 2);
    const dy = integerBlock(shape, 3);
    expect(run('depthwiseConv2d', shape, [x, w], params)).toEqual(forward(x, w));
    expect(run('depthwiseConv2dInputGradient', inputShape, [dy, w], { ...params, inputShape })).toEqual(
      transposeOf((unit) => forward(unit, w), inputShape, dy.data),
    );
    expect(run('depthwiseConv2dFilterGradient', filterShape, [x, dy], { ...params, filterShape })).toEqual(
      transposeOf((unit) => forward(x, unit), filterShape, dy.data),
    );
  });
});

it('a convolution of several strips is the same as of one', () => {
  // 3 x 3 x 96 numbers per patch: 2^18 of them are 303 patches, and there are 2 x 16 x 16.
  const x = integerBlock([2, 16, 16, 96], 1);
  const w = integerBlock([3, 3, 96, 3], 2);
  const params: GroupedConvParams = {
    ...plain,
    padding: [
      [1, 1],
      [1, 1],
    ],
  };
  const shape = [2, 16, 16, 3];
  const dy = integerBlock(shape, 3);
  const halves = [0, 1].map((n) => {
    const half = (block: Block) => ({
      ...block,
      shape: [1, ...block.shape.slice(1)],
      data: block.data.slice((n * block.data.length) / 2, ((n + 1) * block.data.length) / 2),
    });
    return [half(x), half(dy)] as const;
  });
  const apart = halves.flatMap(([input]) => run('conv2d', [1, 16, 16, 3], [input, w], params));
  expect(run('conv2d', shape, [x, w], params)).toEqual(apart);
  const inputShape = [1, 16, 16, 96];
  const dx = halves.flatMap(([, dOut]) => run('conv2dInputGradient', inputShape, [dOut, w], { ...params, inputShape }));
  expect(run('conv2dInputGradient', x.shape, [dy, w], { ...params, inputShape: x.shape })).toEqual(dx);
  const filter = { ...params, filterShape: w.shape };
  const dw = halves.map(([input, dOut]) => run('conv2dFilterGradient', w.shape, [input, dOut], filter));
  expect(run('conv2dFilterGradient', w.shape, [x, dy], filter)).toEqual(
    dw[0]?.map((value, i) => value + (dw[1]?.[i] as number)),
  );
});
