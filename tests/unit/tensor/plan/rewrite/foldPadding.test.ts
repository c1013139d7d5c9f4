import { conv2d, depthwiseConv2d, gradients, maxPool2d, type PadPair, pad, relu, type Tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { foldPadding } from '../../../../../src/tensor/plan/rewrite/foldPadding.js';
import { expectSameOutputs, normal64, operations, planOf } from '../../../../support/rewriting.js';

const border: readonly PadPair[] = [
  [0, 0],
  [0, 1],
  [2, 1],
  [0, 0],
];
const image = normal64([2, 6, 5, 4], 1);
const moves = { strides: 2, padding: 'same' } as const;

describe('convolutions pad their input themselves', () => {
  it.each([
    ['conv2d', conv2d, [3, 3, 4, 6]],
    ['depthwiseConv2d', depthwiseConv2d, [3, 3, 4, 2]],
  ] as const)('%s', async (name, convolution, shape) => {
    for (const options of [{}, moves]) {
      const fn = (...[x, w]: readonly Tensor[]): readonly Tensor[] => {
        const [a, b] = [x, w] as [Tensor, Tensor];
        const y = convolution(pad(a, border), b, options);
        return [y, ...gradients(y, [a, b], { dy: y })];
      };
      const plan = await expectSameOutputs(fn, [image, normal64(shape, 2)], foldPadding);
      expect([...operations(plan)].sort()).toEqual([name, `${name}FilterGradient`, `${name}InputGradient`].sort());
    }
  });
});

describe('padding stays', () => {
  const filter = normal64([3, 3, 4, 6], 2);

  it.each<[string, (x: Tensor) => readonly Tensor[]]>([
    ['if something else reads the padded picture', (x) => [conv2d(pad(x, border), filter), relu(pad(x, border))]],
    ['if somebody asks for it', (x) => [conv2d(pad(x, border), filter), pad(x, border)]],
    ['if it is not of zeros', (x) => [conv2d(pad(x, border, { value: 1 }), filter)]],
    ['if it adds pictures', (x) => [conv2d(pad(x, [[1, 0], ...border.slice(1)]), filter)]],
    ['before pooling, which takes zeros for numbers', (x) => [maxPool2d(pad(x, border))]],
  ])('%s', (_, build) => {
    const plan = planOf((x) => build(x as Tensor), [image], { rewrites: [foldPadding] });
    expect(operations(plan)).toContain('pad');
  });
});
