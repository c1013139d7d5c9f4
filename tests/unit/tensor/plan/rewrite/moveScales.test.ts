import { add, conv2d, depthwiseConv2d, gradients, matmul, mul, relu, sum, type Tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { moveScales } from '../../../../../src/tensor/plan/rewrite/moveScales.js';
import { expectSameOutputs, normal64, operations, planOf } from '../../../../support/rewriting.js';

const axes = [0, 1, 2];
const scale = normal64([6], 3);
const moved = (rewrites: readonly string[]) => rewrites.some((note) => note.startsWith('moveScales'));

/** The gradients of an operation whose result is scaled. */
const scaledGradients =
  (forward: (x: Tensor, w: Tensor) => Tensor, s: Tensor) =>
  (...[x, w, dy]: readonly Tensor[]): readonly Tensor[] => {
    const [a, b] = [x, w] as [Tensor, Tensor];
    return gradients(mul(forward(a, b), s), [a, b], { dy: dy as Tensor });
  };

describe('a scaled gradient is used unscaled', () => {
  const [image, dy] = [normal64([2, 6, 5, 4], 1), normal64([2, 4, 3, 6], 5)];

  it('by a convolution', async () => {
    const plan = await expectSameOutputs(
      scaledGradients(conv2d, scale),
      [image, normal64([3, 3, 4, 6], 2), dy],
      moveScales,
    );
    expect(operations(plan)).toEqual(['mul', 'conv2dInputGradient', 'conv2dFilterGradient', 'mul']);
    for (const { op, output } of plan.steps) {
      if (op === 'mul') expect(plan.values[output]?.shape).toEqual([3, 3, 4, 6]);
    }
  });

  it('by a depthwise convolution with several filters for each channel', async () => {
    const forward = (x: Tensor, w: Tensor) => depthwiseConv2d(x, w, { strides: 2, padding: 'same' });
    const inputs = [image, normal64([3, 3, 4, 3], 2), normal64([2, 3, 3, 12], 5)];
    const plan = await expectSameOutputs(scaledGradients(forward, normal64([12], 3)), inputs, moveScales);
    for (const { op, output } of plan.steps) {
      if (op === 'mul') expect(plan.values[output]?.shape).toEqual([3, 3, 4, 3]);
    }
    expect(moved(plan.rewrites)).toBe(true);
  });

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('by a matrix product (transposed: %s, %s)', async (transposeA, transposeB) => {
    const inputs = [
      normal64(transposeA ? [3, 40] : [40, 3], 1),
      normal64(transposeB ? [6, 3] : [3, 6], 2),
      normal64([40, 6], 3),
    ];
    const forward = (x: Tensor, w: Tensor) => matmul(x, w, { transposeA, transposeB });
    const plan = await expectSameOutputs(scaledGradients(forward, scale), inputs, moveScales);
    for (const { op, output } of plan.steps) if (op === 'mul') expect(plan.values[output]?.shape).not.toEqual([40, 6]);
  });

  it('by a sum over all but the channels', async () => {
    for (const keepDims of [false, true]) {
      const plan = await expectSameOutputs((x) => [sum(mul(x as Tensor, scale), { axes, keepDims })], [dy], moveScales);
      expect(operations(plan)).toEqual(['sum', 'mul']);
    }
  });
});

describe('a scale stays where it is', () => {
  it.each<[string, (x: Tensor, s: Tensor) => readonly Tensor[]]>([
    ['if the channels themselves are added up', (x, s) => [sum(mul(x, s), { axes: 3 })]],
    ['if somebody needs the product', (x, s) => [mul(x, s), sum(mul(x, s), { axes })]],
    ['if something else reads the product', (x, s) => [relu(mul(x, s)), sum(mul(x, s), { axes })]],
    ['if it is a forward pass', (x, s) => [conv2d(mul(x, s), normal64([3, 3, 6, 2], 1))]],
    ['if it is no scale of channels', (x) => [sum(mul(x, normal64([4, 3, 6], 2)), { axes })]],
    ['if nothing is multiplied', (x, s) => [sum(add(x, s), { axes })]],
  ])('%s', (_, build) => {
    const plan = planOf((x, s) => build(x as Tensor, s as Tensor), [normal64([2, 4, 3, 6], 1), scale], {
      rewrites: [moveScales],
    });
    expect(moved(plan.rewrites)).toBe(false);
  });

  it('if the matrix it would move to is larger', () => {
    const inputs = [normal64([2, 30], 1), normal64([30, 6], 2), normal64([2, 6], 3)];
    const plan = planOf(scaledGradients(matmul, scale), inputs, { rewrites: [moveScales] });
    expect(moved(plan.rewrites)).toBe(false);
  });
});
