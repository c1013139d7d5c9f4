import fc from 'fast-check';
import { type PrimitiveName, type PrimitiveParams, primitiveNames, relu, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { backends, expectSameAsReference, expectSameIntegers, normalArray, runOn } from '../support/backends.js';
import { tries } from '../support/environment.js';
import type { Draw, GradientCase } from '../support/gradients.js';
import { primitiveCases } from '../support/primitive-cases.js';

const small = primitiveCases(3);
const medium = primitiveCases(8);

/** Primitives that take integers as well as floating numbers. */
const integral: readonly PrimitiveName[] = [
  ...(['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'neg', 'abs'] as const),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual', 'where'] as const),
  ...(['sum', 'max', 'min', 'argMax', 'scatterAdd'] as const),
  ...(['reshape', 'transpose', 'broadcastTo', 'pad', 'slice', 'concat', 'gather', 'resizeNearest'] as const),
];

const noPadding = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
} as const;
const samePadding = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [
    [1, 1],
    [1, 1],
  ],
} as const;
const unevenPadding = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [
    [0, 2],
    [1, 0],
  ],
} as const;
const pool = {
  poolSize: [3, 3],
  strides: [2, 2],
  padding: [
    [0, 1],
    [0, 1],
  ],
} as const;

/** Sums long enough to lose digits, and sizes that no block of a fast kernel divides. */
const large: { readonly [K in PrimitiveName]?: readonly Draw<PrimitiveParams[K]>[] } = {
  add: [{ params: null, inputs: [normalArray([37, 1, 65], 1), normalArray([53, 1], 2)] }],
  exp: [{ params: null, inputs: [normalArray([10_007], 1)] }],
  sum: [
    { params: { axes: [0], keepDims: false }, inputs: [normalArray([5003, 7], 1)] },
    { params: { axes: [0, 1], keepDims: false }, inputs: [normalArray([503, 101], 2)] },
    { params: { axes: [1], keepDims: true }, inputs: [normalArray([7, 5003], 3)] },
    { params: { axes: [1], keepDims: false }, inputs: [normalArray([3, 49, 261], 4)] },
    { params: { axes: [0, 2], keepDims: false }, inputs: [normalArray([37, 6, 83], 5)] },
  ],
  max: [{ params: { axes: [0, 1], keepDims: false }, inputs: [normalArray([53, 37, 5], 1)] }],
  min: [{ params: { axes: [1], keepDims: false }, inputs: [normalArray([11, 1003], 1)] }],
  matmul: [
    {
      params: { transposeA: false, transposeB: false },
      inputs: [normalArray([67, 513], 1), normalArray([513, 35], 2)],
    },
    { params: { transposeA: true, transposeB: false }, inputs: [normalArray([513, 67], 3), normalArray([513, 35], 4)] },
    { params: { transposeA: false, transposeB: true }, inputs: [normalArray([67, 513], 5), normalArray([35, 513], 6)] },
    {
      params: { transposeA: true, transposeB: true },
      inputs: [normalArray([3, 129, 67], 7), normalArray([3, 35, 129], 8)],
    },
    {
      params: { transposeA: false, transposeB: false },
      inputs: [normalArray([1, 1281], 9), normalArray([1281, 9], 10)],
    },
    { params: { transposeA: true, transposeB: false }, inputs: [normalArray([5, 1030], 11), normalArray([5, 17], 12)] },
    { params: { transposeA: false, transposeB: false }, inputs: [normalArray([3, 0], 13), normalArray([0, 9], 14)] },
    { params: { transposeA: false, transposeB: true }, inputs: [normalArray([0, 3], 15), normalArray([9, 3], 16)] },
  ],
  conv2d: [
    {
      params: { ...samePadding, groups: 1 },
      inputs: [normalArray([2, 13, 11, 37], 1), normalArray([3, 3, 37, 21], 2)],
    },
    {
      params: { ...samePadding, strides: [2, 1], groups: 3 },
      inputs: [normalArray([1, 13, 11, 21], 3), normalArray([3, 3, 7, 15], 4)],
    },
    {
      params: {
        strides: [1, 1],
        dilations: [1, 1],
        padding: [
          [0, 0],
          [0, 0],
        ],
        groups: 1,
      },
      inputs: [normalArray([1, 9, 7, 131], 5), normalArray([1, 1, 131, 66], 6)],
    },
    {
      params: { ...samePadding, groups: 1 },
      inputs: [normalArray([1, 1, 1, 1027], 7), normalArray([3, 3, 1027, 5], 8)],
    },
    {
      params: { ...samePadding, strides: [2, 2], groups: 1 },
      inputs: [normalArray([3, 15, 17, 3], 9), normalArray([7, 7, 3, 9], 10)],
    },
    {
      params: { ...samePadding, dilations: [3, 2], groups: 2 },
      inputs: [normalArray([1, 13, 12, 6], 11), normalArray([3, 2, 3, 10], 12)],
    },
    {
      params: { ...samePadding, groups: 1 },
      inputs: [normalArray([1, 14, 15, 515], 13), normalArray([3, 3, 515, 33], 14)],
    },
    {
      params: { ...unevenPadding, groups: 1 },
      inputs: [normalArray([3, 13, 9, 35], 15), normalArray([3, 3, 35, 53], 16)],
    },
  ],
  conv2dInputGradient: [
    {
      params: { ...samePadding, groups: 1, inputShape: [2, 13, 11, 37] },
      inputs: [normalArray([2, 13, 11, 21], 1), normalArray([3, 3, 37, 21], 2)],
    },
    {
      params: { ...samePadding, strides: [2, 3], groups: 1, inputShape: [2, 14, 11, 13] },
      inputs: [normalArray([2, 7, 4, 530], 3), normalArray([3, 3, 13, 530], 4)],
    },
    {
      params: { ...samePadding, strides: [3, 2], dilations: [2, 4], groups: 3, inputShape: [1, 14, 13, 15] },
      inputs: [normalArray([1, 4, 4, 9], 5), normalArray([3, 3, 5, 9], 6)],
    },
    {
      params: { ...samePadding, strides: [2, 2], groups: 1, inputShape: [1, 9, 9, 11] },
      inputs: [normalArray([1, 6, 6, 19], 7), normalArray([1, 1, 11, 19], 8)],
    },
    {
      params: { ...unevenPadding, groups: 1, inputShape: [3, 13, 9, 35] },
      inputs: [normalArray([3, 13, 8, 53], 9), normalArray([3, 3, 35, 53], 10)],
    },
  ],
  conv2dFilterGradient: [
    {
      params: { ...samePadding, groups: 1, filterShape: [3, 3, 37, 21] },
      inputs: [normalArray([2, 13, 11, 37], 1), normalArray([2, 13, 11, 21], 2)],
    },
    {
      params: { ...samePadding, strides: [2, 1], groups: 3, filterShape: [3, 3, 7, 15] },
      inputs: [normalArray([1, 13, 11, 21], 3), normalArray([1, 7, 11, 15], 4)],
    },
    // Many pixels, few filters; one pixel, many filters; a window wider than the image.
    {
      params: { ...noPadding, groups: 1, filterShape: [1, 1, 5, 3] },
      inputs: [normalArray([3, 41, 43, 5], 5), normalArray([3, 41, 43, 3], 6)],
    },
    {
      params: { ...noPadding, groups: 2, filterShape: [1, 1, 101, 530] },
      inputs: [normalArray([1, 1, 1, 202], 7), normalArray([1, 1, 1, 530], 8)],
    },
    {
      params: {
        strides: [1, 2],
        dilations: [2, 3],
        padding: [
          [2, 2],
          [6, 5],
        ],
        groups: 1,
        filterShape: [3, 5, 3, 12],
      },
      inputs: [normalArray([1, 5, 4, 3], 9), normalArray([1, 5, 2, 12], 10)],
    },
  ],
  depthwiseConv2d: [
    { params: samePadding, inputs: [normalArray([2, 17, 15, 35], 1), normalArray([3, 3, 35, 1], 2)] },
    { params: samePadding, inputs: [normalArray([1, 1, 1, 6], 3), normalArray([3, 3, 6, 1], 4)] },
    {
      params: { ...samePadding, strides: [2, 2] },
      inputs: [normalArray([1, 15, 18, 35], 5), normalArray([3, 3, 35, 1], 6)],
    },
    {
      params: { ...samePadding, strides: [1, 2], dilations: [2, 1] },
      inputs: [normalArray([1, 15, 18, 9], 7), normalArray([5, 5, 9, 3], 8)],
    },
  ],
  depthwiseConv2dInputGradient: [
    {
      params: { ...samePadding, inputShape: [2, 17, 15, 35] },
      inputs: [normalArray([2, 17, 15, 35], 1), normalArray([3, 3, 35, 1], 2)],
    },
    {
      params: { ...samePadding, strides: [2, 2], inputShape: [1, 15, 18, 35] },
      inputs: [normalArray([1, 8, 9, 35], 3), normalArray([3, 3, 35, 1], 4)],
    },
  ],
  depthwiseConv2dFilterGradient: [
    {
      params: { ...samePadding, filterShape: [3, 3, 35, 1] },
      inputs: [normalArray([2, 17, 15, 35], 1), normalArray([2, 17, 15, 35], 2)],
    },
    {
      params: { ...samePadding, strides: [2, 2], filterShape: [3, 3, 35, 1] },
      inputs: [normalArray([1, 15, 18, 35], 3), normalArray([1, 8, 9, 35], 4)],
    },
  ],
  maxPool2d: [{ params: pool, inputs: [normalArray([2, 18, 16, 35], 1)] }],
  avgPool2d: [{ params: pool, inputs: [normalArray([2, 18, 16, 35], 1)] }],
  transpose: [
    { params: { permutation: [2, 0, 1] }, inputs: [normalArray([33, 29, 31], 1)] },
    { params: { permutation: [0, 2, 1] }, inputs: [normalArray([3, 67, 130], 2)] },
  ],
  resizeBilinear: [
    {
      params: { size: [37, 23], alignCorners: false, halfPixelCenters: true },
      inputs: [normalArray([2, 16, 19, 5], 1)],
    },
  ],
};

/** Where arithmetic stops being ordinary. */
const specials = [-Infinity, -1.5, -0, 0, 1.5, Infinity, NaN];
const specialOperands: readonly PrimitiveName[] = [
  ...(['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow'] as const),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const),
];
const specialOperand: readonly PrimitiveName[] = [
  ...(['neg', 'abs', 'exp', 'log', 'log1p', 'sqrt', 'tanh', 'sigmoid', 'erf'] as const),
];

describe.each(backends)('the %s backend', (backend) => {
  const check = async <K extends PrimitiveName>(name: K, draws: GradientCase<K>, numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(draws, (draw) => expectSameAsReference(backend, name, draw)),
      { numRuns: tries(numRuns) },
    );

  describe('computes in float32 what the reference computes in float64', () => {
    test.each(primitiveNames)('%s', async <K extends PrimitiveName>(name: K) => {
      await check(name, small[name], 30);
      await check(name, medium[name], 10);
    });
  });

  describe('keeps its accuracy where there is much to add up', () => {
    const names = primitiveNames.filter((name) => large[name] !== undefined);

    test.each(names)('%s', async <K extends PrimitiveName>(name: K) => {
      for (const draw of large[name] ?? []) await expectSameAsReference(backend, name, draw);
    });
  });

  describe('computes with integers exactly', () => {
    test.each(integral)('%s', async <K extends PrimitiveName>(name: K) => {
      const draws: GradientCase<K> = medium[name];
      await fc.assert(
        fc.asyncProperty(draws, (draw) => expectSameIntegers(backend, name, draw)),
        { numRuns: tries(15) },
      );
    });
  });

  describe('has infinities and NaN where the reference has them', () => {
    const size = specials.length;

    test.each(specialOperands)('%s', async (name) => {
      const column = { shape: [size, 1], dtype: 'float64', values: specials } as const;
      const row = { shape: [size], dtype: 'float64', values: specials } as const;
      await expectSameAsReference(backend, name, { params: null as never, inputs: [column, row] });
    });

    test.each(specialOperand)('%s', async (name) => {
      const x = { shape: [size], dtype: 'float64', values: specials } as const;
      await expectSameAsReference(backend, name, { params: null as never, inputs: [x] });
    });

    test.each([6, Infinity])('relu up to %d', async (maximum) => {
      const x = { shape: [size], dtype: 'float64', values: specials } as const;
      await expectSameAsReference(backend, 'relu', { params: { maximum }, inputs: [x] });
      const dy = specials.flatMap((value) => specials.map(() => value));
      const y = specials.flatMap(() => specials);
      const inputs = [dy, y].map((values) => ({ shape: [size * size], dtype: 'float64', values }) as const);
      await expectSameAsReference(backend, 'reluGradient', { params: { maximum }, inputs });
    });

    test('relu does nothing to -0', async () => {
      const y = await runOn(backend, (x) => relu(x as Tensor), [tensor([-0, 0, -1, -Infinity])]);
      expect([...(await y.data())]).toEqual([-0, 0, 0, 0]);
    });

    test.each(['sum', 'max', 'min'] as const)('%s', async (name) => {
      // Every pair of special numbers is reduced.
      const values = specials.flatMap((a) => specials.flatMap((b) => [a, b]));
      const pairs = { shape: [size * size, 2], dtype: 'float64', values } as const;
      await expectSameAsReference(backend, name, { params: { axes: [1], keepDims: false }, inputs: [pairs] });
    });
  });
});
