import { add, conv2d, relu, sub, type Tensor } from 'mapache/tensor';
import { expect, it } from 'vitest';
import { gatherBiases } from '../../../../../src/tensor/plan/rewrite/gatherBiases.js';
import { expectSameOutputs, normal64, operations } from '../../../../support/rewriting.js';

const image = normal64([2, 6, 5, 4], 1);
const [a, b] = [normal64([6], 3), normal64([1, 1, 1, 6], 4)];

it.each<[string, (z: Tensor) => Tensor]>([
  ['conv - a', (z) => sub(z, a)],
  ['conv - a + b', (z) => add(sub(z, a), b)],
  ['b + (conv - a)', (z) => add(b, sub(z, a))],
  ['conv + a - b', (z) => sub(add(z, a), b)],
  ['conv + a + b - a', (z) => sub(add(add(z, a), b), a)],
])('%s becomes one bias, computed once', async (_, build) => {
  const fn = (x: Tensor) => [build(conv2d(x, normal64([3, 3, 4, 6], 2)))];
  const plan = await expectSameOutputs((x) => fn(x as Tensor), [image], gatherBiases);
  expect(operations(plan)).toEqual(['conv2d', 'add']);
  expect(plan.values[plan.steps[1]?.inputs[1] ?? -1]?.shape).toEqual([6]);
});

it.each<[string, (z: Tensor) => readonly Tensor[]]>([
  ['somebody reads what the first one gives', (z) => [add(add(z, a), b), relu(add(z, a))]],
  ['somebody reads what was convolved', (z) => [sub(z, a), relu(z)]],
  ['it is taken from the bias', (z) => [sub(a, z)]],
  ['there is something in between', (z) => [add(relu(add(z, a)), b)]],
  ['nothing was convolved', (z) => [sub(relu(z), a)]],
])('biases stay as they are where %s', async (_, build) => {
  const fn = (x: Tensor) => build(conv2d(x, normal64([3, 3, 4, 6], 2)));
  const plan = await expectSameOutputs((x) => fn(x as Tensor), [image], gatherBiases);
  expect(plan.rewrites.filter((note) => note.startsWith('gather'))).toEqual([]);
});
