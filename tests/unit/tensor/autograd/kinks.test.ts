import {
  abs,
  clip,
  elu,
  gradients,
  leakyRelu,
  logSigmoid,
  logSumExp,
  max,
  maximum,
  maxPool2d,
  min,
  minimum,
  pow,
  relu,
  relu6,
  scatterAdd,
  selu,
  sigmoidCrossEntropy,
  softplus,
  sqrt,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

// Where a function has a kink no difference quotient can say what its gradient is: the values here are TensorFlow's.

const gradientOf = async (fn: (x: Tensor) => Tensor, point: number | readonly number[]): Promise<unknown> => {
  const x = tensor(point);
  const [gradient] = gradients(fn(x), [x]);
  return gradient.array();
};

it.each([
  ['relu at 0', relu, 0, 0],
  ['relu6 at 0', relu6, 0, 0],
  ['relu6 at 6', relu6, 6, 0],
  ['abs at 0', abs, 0, 0],
  ['leakyRelu at 0', leakyRelu, 0, Math.fround(0.3)],
  ['elu at 0', elu, 0, 1],
  ['clip at its bounds', (x: Tensor) => clip(x, -1, 1), [-1, 1], [1, 1]],
  ['sqrt at 0', sqrt, 0, Number.POSITIVE_INFINITY],
  ['x ** 2 at 0', (x: Tensor) => pow(x, 2), 0, 0],
  ['x ** 1 at 0', (x: Tensor) => pow(x, 1), 0, 1],
  ['x ** -1 at -2', (x: Tensor) => pow(x, -1), -2, -0.25],
  ['b of a ** b where a is not positive', (b: Tensor) => pow(tensor([-2, 0]), b), [2, 2], [0, 0]],
  ['max, where the largest elements share it', max, [3, 1, 3], [0.5, 0, 0.5]],
  ['min, where the smallest elements share it', min, [1, 1, 1, 3], [1 / 3, 1 / 3, 1 / 3, 0].map(Math.fround)],
  ['logSumExp of equal numbers', logSumExp, [5, 5], [0.5, 0.5]],
] as const)('the gradient of %s', async (_, fn, point, expected) => {
  expect(await gradientOf(fn as (x: Tensor) => Tensor, point as number)).toEqual(expected);
});

it('where two operands tie, the first has the gradient', async () => {
  for (const op of [maximum, minimum]) {
    const [a, b] = [tensor([1, 2]), tensor([1, 2])];
    const [da, db] = gradients(op(a, b), [a, b]);
    expect(await da.array()).toEqual([1, 1]);
    expect(await db.array()).toEqual([0, 0]);
  }
});

it('max pooling gives the gradient to the first of equal elements', async () => {
  const x = tensor([7, 7, 7, 7], { shape: [1, 2, 2, 1] });
  const [dx] = gradients(maxPool2d(x), [x]);
  expect(await dx.data()).toEqual(Float32Array.of(1, 0, 0, 0));
});

describe('functions that are smooth although they are computed in two pieces have their slope at 0', () => {
  it.each([
    ['softplus', softplus, 0.5],
    ['logSigmoid', logSigmoid, 0.5],
    ['binary cross-entropy with label 1', (z: Tensor) => sigmoidCrossEntropy(tensor(1), z), -0.5],
    ['binary cross-entropy with label 0', (z: Tensor) => sigmoidCrossEntropy(tensor(0), z), 0.5],
    ['binary cross-entropy with label 1/4', (z: Tensor) => sigmoidCrossEntropy(tensor(0.25), z), 0.25],
  ] as const)('%s', async (_, fn, slope) => {
    expect(await gradientOf(fn, 0)).toBe(slope);
  });

  it('and their curvature', async () => {
    expect(await gradientOf((x) => gradients(softplus(x), [x])[0], 0)).toBe(0.25);
  });
});

it('selu of large negative numbers has gradient 0 rather than none', async () => {
  expect(await gradientOf(selu, -1000)).toBe(0);
  expect(await gradientOf(selu, 1000)).toBe(Math.fround(1.0507009873554805));
});

it('updates that scatterAdd leaves out have gradient 0', async () => {
  const indices = tensor([0, 3, -1, 2], { dtype: 'int32' });
  expect(await gradientOf((updates) => scatterAdd(updates, indices, { size: 3 }), [1, 2, 3, 4])).toEqual([1, 0, 0, 1]);
});
