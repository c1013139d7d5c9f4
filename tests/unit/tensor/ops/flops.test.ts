import {
  add,
  conv2d,
  depthwiseConv2d,
  gradients,
  matmul,
  maxPool2d,
  ones,
  type PrimitiveName,
  primitives,
  reshape,
  sum,
  type Tensor,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

function flopsOf(result: Tensor): number {
  return primitives[result.op as PrimitiveName].flops(result.inputs, result, result.params as never);
}

describe('a multiply-add counts as two operations', () => {
  it.each([
    ['matmul', matmul(ones([5, 7]), ones([7, 3])), 2 * 5 * 7 * 3],
    ['matmul of transposed', matmul(ones([7, 5]), ones([3, 7]), { transposeA: true, transposeB: true }), 2 * 5 * 7 * 3],
    ['matmul of a batch', matmul(ones([4, 5, 7]), ones([4, 7, 3])), 4 * 2 * 5 * 7 * 3],
    ['conv2d', conv2d(ones([2, 8, 8, 3]), ones([3, 3, 3, 10])), 2 * (2 * 6 * 6 * 10) * (3 * 3 * 3)],
    ['conv2d in groups', conv2d(ones([1, 8, 8, 4]), ones([1, 1, 2, 6]), { groups: 2 }), 2 * (8 * 8 * 6) * 2],
    ['depthwiseConv2d', depthwiseConv2d(ones([1, 8, 8, 3]), ones([3, 3, 3, 2])), 2 * (6 * 6 * 6) * 9],
    ['maxPool2d', maxPool2d(ones([1, 8, 8, 3])), 4 * 4 * 3 * 4],
    ['add', add(ones([2, 1]), ones([3])), 6],
    ['sum', sum(ones([2, 3])), 6],
    ['reshape', reshape(ones([2, 3]), [6]), 0],
  ])('%s', (_, result, expected) => {
    expect(flopsOf(result)).toBe(expected);
  });
});

it.each([
  ['conv2d', conv2d, [3, 3, 3, 10]],
  ['depthwiseConv2d', depthwiseConv2d, [3, 3, 3, 2]],
] as const)('each gradient of %s costs as much as itself', (_, convolution, filterShape) => {
  const [x, filter] = [ones([2, 8, 8, 3]), ones(filterShape)];
  const y = convolution(x, filter, { padding: 'same', strides: 2 });
  for (const gradient of gradients(y, [x, filter])) expect(flopsOf(gradient)).toBe(flopsOf(y));
});
