import { neg, reshape, sum, type Tensor } from 'mapache/tensor';
import { expect, it } from 'vitest';
import { simplify } from '../../../../../src/tensor/plan/rewrite/simplify.js';
import { expectSameOutputs, normal64, operations } from '../../../../support/rewriting.js';

const x = normal64([1, 1, 4], 1);

it.each<[string, (x: Tensor) => Tensor, readonly string[]]>([
  ['a sum over axes of size 1 is a reshape', (a) => neg(sum(a, { axes: [0, 1] })), ['reshape', 'neg']],
  ['such a sum that keeps its axes is nothing', (a) => neg(sum(a, { axes: [0, 1], keepDims: true })), ['neg']],
  ['two reshapes are one', (a) => neg(reshape(reshape(a, [4]), [2, 2])), ['reshape', 'neg']],
  ['a reshape there and back is nothing', (a) => neg(reshape(reshape(a, [4]), [1, 1, 4])), ['neg']],
  ['a sum of numbers is a sum', (a) => neg(sum(a, { axes: [0, 2] })), ['sum', 'neg']],
  ['a reshape is a reshape', (a) => neg(reshape(a, [4])), ['reshape', 'neg']],
])('%s', async (_, build, steps) => {
  const plan = await expectSameOutputs((a) => [build(a as Tensor)], [x], simplify);
  expect(operations(plan)).toEqual(steps);
});
