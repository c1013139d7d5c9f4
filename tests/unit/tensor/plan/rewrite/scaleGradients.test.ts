import { add, conv2d, depthwiseConv2d, gradients, matmul, mul, type Tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { moveScales } from '../../../../../src/tensor/plan/rewrite/moveScales.js';
import { scaleGradients } from '../../../../../src/tensor/plan/rewrite/scaleGradients.js';
import { expectSameOutputs, normal64 } from '../../../../support/rewriting.js';

type Forward = (x: Tensor, w: Tensor) => Tensor;

const image = normal64([2, 6, 5, 4], 1);
const [bias, vector] = [normal64([6], 8), normal64([6], 4)];

/** Gradients of `forward(x, w) * s` by the filter (unless it is frozen) and by the scale. */
const fn =
  (forward: Forward, isFrozen = false) =>
  (...[x, w, s, dy]: readonly Tensor[]): readonly Tensor[] => {
    const [filter, scale] = [w, s] as [Tensor, Tensor];
    const y = mul(forward(x as Tensor, filter), scale);
    return gradients(y, isFrozen ? [scale] : [filter, scale], { dy: dy as Tensor });
  };

const filter = normal64([3, 3, 4, 6], 2);
const dy = normal64([2, 4, 3, 6], 5);
const producers = new Set(['conv2d', 'depthwiseConv2d']);

describe('the gradient of a scale is made from that of a filter', () => {
  it.each<[string, Forward, readonly Tensor[]]>([
    ['of a convolution', conv2d, [image, filter, vector, dy]],
    ['of a convolution, where the scale has rank 4', conv2d, [image, filter, normal64([1, 1, 1, 6], 4), dy]],
    [
      'of a convolution in groups',
      (x, w) => conv2d(x, w, { groups: 2 }),
      [image, normal64([3, 3, 2, 6], 2), vector, dy],
    ],
    ['of a convolution with a bias', (x, w) => add(conv2d(x, w), bias), [image, filter, vector, dy]],
    [
      'of a depthwise convolution',
      (x, w) => depthwiseConv2d(x, w, { strides: 2, padding: 'same' }),
      [image, normal64([3, 3, 4, 3], 2), normal64([12], 4), normal64([2, 3, 3, 12], 5)],
    ],
    ['of a matrix product', matmul, [normal64([30, 3], 1), normal64([3, 6], 2), vector, normal64([30, 6], 5)]],
    [
      'of a product with a transposed matrix',
      (x, w) => matmul(x, w, { transposeB: true }),
      [normal64([30, 3], 1), normal64([6, 3], 2), vector, normal64([30, 6], 5)],
    ],
  ])('%s', async (_, forward, inputs) => {
    const plan = await expectSameOutputs(fn(forward), inputs, moveScales, scaleGradients);
    expect(plan.rewrites).toContain('scaleGradients: 1 gradients of scales made from those of filters');
    // The forward pass is not needed at all.
    expect(plan.steps.filter(({ op }) => producers.has(op))).toEqual([]);
  });
});

describe('the gradient of a scale is made from what was scaled', () => {
  const fired = (rewrites: readonly string[]) => rewrites.some((note) => note.startsWith('scaleGradients'));

  it('if the filter is frozen', async () => {
    const plan = await expectSameOutputs(fn(conv2d, true), [image, filter, vector, dy], moveScales, scaleGradients);
    expect(fired(plan.rewrites)).toBe(false);
  });

  it('if the gradient of the filter is made of another gradient', async () => {
    const both = (...[x, w, s, g]: readonly Tensor[]) => {
      const [a, b, c, d] = [x, w, s, g] as [Tensor, Tensor, Tensor, Tensor];
      return [...fn(conv2d, true)(a, b, c, d), ...fn(conv2d)(a, b, c, mul(d, d)).slice(0, 1)];
    };
    const plan = await expectSameOutputs(both, [image, filter, vector, dy], moveScales, scaleGradients);
    expect(fired(plan.rewrites)).toBe(false);
  });

  it('if it is one number for all channels', async () => {
    const plan = await expectSameOutputs(fn(conv2d), [image, filter, normal64([], 3), dy], moveScales, scaleGradients);
    expect(fired(plan.rewrites)).toBe(false);
  });

  it('of matrices in batches', async () => {
    const inputs = [normal64([2, 30, 3], 1), normal64([2, 3, 6], 2), vector, normal64([2, 30, 6], 5)];
    const plan = await expectSameOutputs(fn(matmul), inputs, moveScales, scaleGradients);
    expect(fired(plan.rewrites)).toBe(false);
  });
});
