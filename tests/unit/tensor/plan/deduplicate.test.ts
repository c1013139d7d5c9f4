import {
  add,
  buildPlan,
  cast,
  compile,
  concat,
  mul,
  neg,
  ones,
  pad,
  randomUniform,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { deduplicate } from '../../../../src/tensor/plan/rewrite/deduplicate.js';

const nodes = (roots: readonly Tensor[]): number => {
  const seen = new Set<Tensor>(roots);
  for (const node of seen) for (const input of node.inputs) seen.add(input);
  return seen.size;
};

describe('deduplicate', () => {
  const x = ones([2, 3]);

  it('makes one of nodes with the same operation, inputs and params', () => {
    const { roots, note } = deduplicate.apply([mul(neg(x), 2), add(neg(x), mul(neg(x), 2))]);
    const [product, total] = roots as [Tensor, Tensor];
    expect(total.inputs[1]).toBe(product);
    expect(total.inputs[0]).toBe(product.inputs[0]);
    expect(note).toMatch(/\d+ repeated steps shared/);
  });

  it('merges what becomes equal by merging', () => {
    const chain = () => square(neg(sub(x, 1)));
    const { roots } = deduplicate.apply([chain(), chain()]);
    expect(roots[0]).toBe(roots[1]);
  });

  it('says nothing and changes nothing where nothing repeats', () => {
    const y = mul(neg(x), 2);
    expect(deduplicate.apply([y])).toEqual({ roots: [y], note: null });
  });

  it.each([
    [
      'params',
      transpose(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
      transpose(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        [0, 1],
      ),
    ],
    ['order of inputs', sub(x, ones([3])), sub(ones([3]), x)],
    ['seeds', randomUniform([2], { seed: 1 }), randomUniform([2], { seed: 2 })],
    ['dtypes', cast(x, 'int32'), cast(x, 'uint8')],
    ['constants', mul(x, tensor([1])), mul(x, tensor([2]))],
    ['dtypes of constants', cast(tensor(1), 'bool'), cast(tensor(1, { dtype: 'int32' }), 'bool')],
    ['ranks of constants', neg(tensor(1)), neg(tensor([1]))],
    ['signs of zero', neg(tensor(0)), neg(tensor(-0))],
    ['shapes of nothing', neg(tensor([], { shape: [0, 3] })), neg(tensor([], { shape: [3, 0] }))],
  ])('keeps apart what differs in %s', (_, a, b) => {
    const { roots } = deduplicate.apply([a, b]);
    expect(roots[0]).not.toBe(roots[1]);
  });

  it('keeps apart params that JSON writes alike', async () => {
    const y = tensor([1]);
    const values = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0, -0];
    const padded = concat(values.map((value) => pad(y, [[1, 0]], { value })));
    expect(await padded.array()).toEqual(values.flatMap((value) => [value, 1]));
  });

  it('does not compare large constants by their numbers', () => {
    const { roots } = deduplicate.apply([neg(tensor([1, 2])), neg(tensor([1, 2]))]);
    expect(roots[0]).not.toBe(roots[1]);
  });

  it('leaves the results as they were', async () => {
    const twice = (y: Tensor): Tensor => add(square(neg(y)), mul(neg(y), neg(y)));
    const y = tensor([1, -2, 3]);
    const { roots } = deduplicate.apply([twice(y)]);
    expect(nodes(roots)).toBeLessThan(nodes([twice(y)]));
    expect(await (roots[0] as Tensor).array()).toEqual([2, 8, 18]);
  });
});

it('a plan says what was shared, and computes it once', () => {
  const fn = compile((x) => [sum(square(neg(x))), neg(x)]);
  const plan = fn.plan({ shape: [4], dtype: 'float32' });
  expect(plan.steps.map(({ op }) => op)).toEqual(['neg', 'mul', 'sum']);
  expect(plan.rewrites).toContain('deduplicate: 1 repeated steps shared');
});

it('one value may be several outputs', async () => {
  const fn = compile((x) => [neg(x), neg(x), x, x]);
  const outputs = await fn(tensor([1, 2]));
  expect(await Promise.all(outputs.map((t) => t.array()))).toEqual([
    [-1, -2],
    [-1, -2],
    [1, 2],
    [1, 2],
  ]);
  const [first, second] = await Promise.all(outputs.map((t) => t.data()));
  (first as Float32Array)[0] = 99;
  expect(second?.[0]).toBe(-1);
});

it('the plan of a graph without repetition has a step for each node', () => {
  const x = randomUniform([3], { step: tensor(0, { dtype: 'int32' }) });
  const plan = buildPlan({ name: 'chain', outputs: [neg(mul(x, 2))] });
  expect([...(plan.prelude?.steps ?? []), ...plan.steps]).toHaveLength(3);
});
