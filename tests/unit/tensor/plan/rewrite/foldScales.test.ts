import {
  add,
  batchNorm,
  conv2d,
  depthwiseConv2d,
  div,
  matmul,
  mean,
  mul,
  relu,
  reshape,
  sub,
  type Tensor,
  tensor,
  variance,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { foldScales } from '../../../../../src/tensor/plan/rewrite/foldScales.js';
import { expectSameOutputs, normal64, operations } from '../../../../support/rewriting.js';

const image = normal64([2, 6, 5, 4], 1);
const filter = normal64([3, 3, 4, 6], 2);
const scale = normal64([6], 3);
const bias = normal64([6], 4);

type Build = (x: Tensor, w: Tensor, s: Tensor) => Tensor;

const scaled: Build = (x, w, s) => mul(conv2d(x, w), s);

describe('a scale is folded into', () => {
  it.each<[string, Build, readonly Tensor[]]>([
    ['a convolution', scaled, [image, filter, scale]],
    ['a convolution, as the first factor', (x, w, s) => mul(s, conv2d(x, w)), [image, filter, scale]],
    ['a convolution, as an array of rank 4', scaled, [image, filter, normal64([1, 1, 1, 6], 3)]],
    ['a convolution, as one number for all channels', scaled, [image, filter, tensor(3, { dtype: 'float64' })]],
    [
      'a convolution in groups',
      (x, w, s) => mul(conv2d(x, w, { groups: 2 }), s),
      [image, normal64([3, 3, 2, 6], 2), scale],
    ],
    [
      'a depthwise convolution',
      (x, w, s) => mul(depthwiseConv2d(x, w), s),
      [image, normal64([3, 2, 4, 1], 2), normal64([4], 3)],
    ],
    [
      'a depthwise convolution with several filters for each channel',
      (x, w, s) => mul(depthwiseConv2d(x, w, { strides: 2, padding: 'same' }), s),
      [image, normal64([3, 3, 4, 3], 2), normal64([12], 3)],
    ],
    ['a matrix product', (x, w, s) => mul(matmul(x, w), s), [normal64([9, 4], 1), normal64([4, 6], 2), scale]],
    [
      'a product with a transposed matrix',
      (x, w, s) => mul(matmul(x, w, { transposeB: true }), s),
      [normal64([9, 4], 1), normal64([6, 4], 2), scale],
    ],
    [
      'products of matrices in batches',
      (x, w, s) => mul(matmul(x, w), s),
      [normal64([3, 9, 4], 1), normal64([3, 4, 6], 2), scale],
    ],
  ])('%s', async (_, build, inputs) => {
    const fn = (...[x, w, s]: readonly Tensor[]) => [build(x as Tensor, w as Tensor, s as Tensor)];
    const plan = await expectSameOutputs(fn, inputs, foldScales);
    expect(operations(plan).slice(-2)).toEqual([
      'mul',
      build(...(inputs as [Tensor, Tensor, Tensor])).inputs.find(({ inputs: [a] }) => a)?.op,
    ]);
    expect(plan.rewrites).toContain('foldScales: 1 scales folded into filters');
  });

  it.each<[string, (z: Tensor) => Tensor]>([
    ['added', (z) => add(z, bias)],
    ['added in front', (z) => add(bias, z)],
    ['subtracted', (z) => sub(z, bias)],
  ])('a convolution whose bias is %s', async (_, biased) => {
    const plan = await expectSameOutputs((x) => [mul(biased(conv2d(x as Tensor, filter)), scale)], [image], foldScales);
    expect(operations(plan)).toHaveLength(2);
    expect(plan.prelude?.steps.map(({ op }) => op).sort()).toEqual(['mul', 'mul']);
  });

  it('a convolution more than once', async () => {
    const fn = ([x]: readonly Tensor[]) => [relu(mul(mul(conv2d(x as Tensor, filter), scale), bias))];
    const plan = await expectSameOutputs((...inputs) => fn(inputs), [image], foldScales);
    expect(operations(plan)).toEqual(['conv2d', 'relu']);
  });

  it('every convolution of a frozen network, whose batch normalisations cost their bias only', async () => {
    const [moving, spread] = [normal64([6], 5), mul(normal64([6], 6), normal64([6], 6))];
    const plan = await expectSameOutputs(
      (x) => [batchNorm(conv2d(x as Tensor, filter), { mean: moving, variance: spread, gamma: scale, beta: bias })],
      [image],
      foldScales,
    );
    expect(operations(plan)).toEqual(['conv2d', 'add']);
  });
});

describe('a scale is not folded', () => {
  it.each<[string, (x: Tensor, w: Tensor, s: Tensor) => readonly Tensor[]]>([
    [
      'where somebody reads the convolution unscaled',
      (x, w, s) => {
        const z = conv2d(x, w);
        return [relu(z), mul(z, s)];
      },
    ],
    [
      'where the convolution itself is asked for',
      (x, w, s) => {
        const z = conv2d(x, w);
        return [z, mul(z, s)];
      },
    ],
    [
      'that depends on the convolution, as in batch normalisation while training',
      (x, w, s) => {
        const z = conv2d(x, w);
        const axes = [0, 1, 2];
        return [batchNorm(z, { mean: mean(z, { axes }), variance: variance(z, { axes }), gamma: s })];
      },
    ],
    ['that differs from place to place', (x, w) => [mul(conv2d(x, w), normal64([4, 3, 6], 7))]],
    ['that would make the result larger', (x, w) => [mul(conv2d(x, w), normal64([3, 2, 4, 3, 6], 7))]],
    [
      'of the rows of a matrix product',
      (x, w) => [mul(matmul(reshape(x, [40, 6]), reshape(w, [6, 36])), normal64([40, 1], 7))],
    ],
    ['of what has been through something else', (x, w, s) => [mul(relu(conv2d(x, w)), s)]],
    ['by which is divided', (x, w, s) => [div(conv2d(x, w), s)]],
  ])('%s', async (_, build) => {
    const fn = (...[x, w, s]: readonly Tensor[]) => build(x as Tensor, w as Tensor, s as Tensor);
    const plan = await expectSameOutputs(fn, [image, filter, scale], foldScales);
    expect(plan.rewrites.filter((note) => note.startsWith('foldScales'))).toEqual([]);
  });

  it('into a matrix larger than its product, unless it is computed once', async () => {
    const [x, w] = [normal64([2, 40], 1), normal64([40, 6], 2)];
    const varying = await expectSameOutputs(
      (a, b) => [mul(matmul(a as Tensor, b as Tensor), scale)],
      [x, w],
      foldScales,
    );
    expect(operations(varying)).toEqual(['matmul', 'mul']);
    const steady = await expectSameOutputs((a) => [mul(matmul(a as Tensor, w), scale)], [x], foldScales);
    expect(operations(steady)).toEqual(['matmul']);
  });
});
