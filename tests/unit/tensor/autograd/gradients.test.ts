import {
  add,
  argMax,
  cast,
  compile,
  DTypeError,
  equal,
  gradients,
  matmul,
  mean,
  mul,
  neg,
  oneHot,
  ones,
  ShapeMismatchError,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  Variable,
  withOrigin,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { ancestors } from '../../../../src/tensor/ops/graph.js';

const numbersOf = async (tensors: readonly Tensor[]): Promise<unknown[]> => Promise.all(tensors.map((t) => t.array()));

/** Everything that `roots` are made of, apart from what `given` are made of already. */
function newNodes(roots: readonly Tensor[], given: readonly Tensor[]): Tensor[] {
  const old = new Set(ancestors(given, ({ inputs }) => inputs));
  return ancestors(roots, ({ inputs }) => inputs).filter((node) => !old.has(node));
}

describe('gradients', () => {
  it('have the shapes of what they belong to, in order', async () => {
    const [x, w, b] = [ones([4, 3]), ones([3, 2]), ones([2])];
    const loss = sum(square(add(matmul(x, w), b)));
    const result = gradients(loss, [w, b, x]);
    expect(result.map(({ shape }) => shape)).toEqual([[3, 2], [2], [4, 3]]);
    expect(await result[1].array()).toEqual([32, 32]);
  });

  it('of something used twice add up', async () => {
    const x = tensor(3);
    expect(await numbersOf(gradients(add(mul(x, x), x), [x]))).toEqual([7]);
    expect(await numbersOf(gradients(add(x, x), [x]))).toEqual([2]);
  });

  it('of the loss itself are ones', async () => {
    const x = tensor([1, 2]);
    expect(await numbersOf(gradients(x, [x]))).toEqual([[1, 1]]);
  });

  it('of a tensor in the middle stop there', async () => {
    const x = tensor(3);
    const y = mul(x, 2);
    const [dy, dx] = gradients(square(y), [y, x]);
    expect(await numbersOf([dy, dx])).toEqual([12, 24]);
  });

  it('of a result that is no scalar are those of its sum, or what dy says', async () => {
    const x = tensor([1, 2, 3]);
    const y = square(x);
    expect(await numbersOf(gradients(y, [x]))).toEqual([[2, 4, 6]]);
    expect(await numbersOf(gradients(y, [x], { dy: tensor([1, 0, -1]) }))).toEqual([[2, 0, -6]]);
  });

  it('of variables are those of their values', async () => {
    const w = new Variable([1, 2]);
    expect(await numbersOf(gradients(sum(square(w.value)), [w]))).toEqual([[2, 4]]);
    const step = compile(() => [...gradients(sum(square(w.value)), [w])]);
    expect(await numbersOf(await step())).toEqual([[2, 4]]);
  });

  it('come in the dtype of what they belong to', () => {
    const single = tensor([1]);
    const double = tensor([1], { dtype: 'float64' });
    const loss = mul(cast(single, 'float64'), double);
    expect(gradients(loss, [single, double]).map(({ dtype }) => dtype)).toEqual(['float32', 'float64']);
  });

  it('can be differentiated again, as often as one likes', async () => {
    const x = tensor(2);
    let y: Tensor = mul(mul(x, x), mul(x, x));
    const derivatives: Tensor[] = [];
    for (let order = 0; order < 5; order++) {
      [y] = gradients(y, [x]);
      derivatives.push(y);
    }
    expect(await numbersOf(derivatives)).toEqual([32, 48, 48, 24, 0]);
  });

  it('say from which part of the program they come', () => {
    const x = tensor(1);
    const y = withOrigin('base/conv', () => neg(x));
    expect(gradients(y, [x])[0].origin).toBe('∇base/conv');
  });
});

describe('what the loss does not depend on has gradient 0', () => {
  const x = tensor([1, 2, 3]);

  it.each([
    ['nothing in common', sum(tensor([5]))],
    ['only a comparison', sum(cast(equal(x, 2), 'float32'))],
    ['only a position', sum(oneHot(argMax(x), 3))],
    ['only integers', sum(cast(cast(x, 'int32'), 'float32'))],
  ])('%s', async (_, loss) => {
    const [dx] = gradients(loss, [x]);
    expect(dx).toMatchObject({ shape: [3], dtype: 'float32' });
    expect(await dx.array()).toEqual([0, 0, 0]);
  });
});

describe('only paths to what is wanted are walked', () => {
  const layers = 6;
  const weights = Array.from({ length: layers }, () => ones([3, 3]));
  const loss = sum(weights.reduce((x, w) => matmul(x, w), ones([2, 3])));
  const costs = weights.map((_, first) => newNodes(gradients(loss, weights.slice(first)), [loss]).length);

  it('freezing a layer at the bottom removes its products', () => {
    // Each trained layer costs a product for its weights; each one above the lowest also one for what is below.
    const products = weights.map(
      (_, first) => newNodes(gradients(loss, weights.slice(first)), [loss]).filter(({ op }) => op === 'matmul').length,
    );
    expect(products).toEqual([11, 9, 7, 5, 3, 1]);
  });

  it('every frozen layer makes the graph smaller', () => {
    for (let i = 1; i < layers; i++) expect(costs[i]).toBeLessThan(costs[i - 1] as number);
  });

  it('what is below the lowest wanted weight is not even looked at', () => {
    const made = (depth: number): number => {
      const stack = Array.from({ length: depth }, () => ones([3, 3]));
      const output = sum(stack.reduce((x, w) => matmul(x, w), ones([2, 3])));
      const before = tensor(0).id;
      gradients(output, [stack[depth - 1] as Tensor]);
      return tensor(0).id - before;
    };
    expect(made(12)).toBe(made(3));
  });

  it('nothing wanted costs nothing', () => {
    expect(gradients(loss, [])).toEqual([]);
  });
});

describe('gradients refuse', () => {
  const x = tensor([1, 2]);
  const labels = tensor([1, 2], { dtype: 'int32' });

  it('integers as loss or as what is wanted', () => {
    expect(() => gradients(sum(labels), [x])).toThrow(DTypeError);
    expect(() => gradients(sum(x), [labels])).toThrow(/gradients: expected floating tensors, received int32/);
    expect(() => gradients(sum(x), [new Variable(labels)])).toThrow(DTypeError);
  });

  it('a dy of another shape', () => {
    expect(() => gradients(x, [x], { dy: tensor([1, 2, 3]) })).toThrow(ShapeMismatchError);
  });
});

it('a chain of 20 000 operations does not overflow the stack', async () => {
  const x = tensor(0);
  const one = tensor(1);
  let y: Tensor = x;
  for (let i = 0; i < 20_000; i++) y = add(y, one);
  const [dx] = gradients(y, [x]);
  expect(await y.item()).toBe(20_000);
  expect(await dx.item()).toBe(1);
});

it('a diamond repeated 200 times is walked once, not once for each of its 2^200 paths', async () => {
  const x = tensor(1, { dtype: 'float64' });
  let y: Tensor = x;
  for (let i = 0; i < 200; i++) y = add(y, y);
  const [dx] = gradients(y, [x]);
  expect(await dx.item()).toBe(2 ** 200);
});

it('a step against the gradient makes the loss smaller', async () => {
  const w = new Variable([[0.5], [-0.5]]);
  const [x, y] = [
    tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
    tensor([[1], [2], [3]]),
  ];
  const step = compile(() => {
    const loss = mean(square(sub(matmul(x, w.value), y)));
    const [dw] = gradients(loss, [w]);
    w.assign(sub(w.value, mul(dw, 0.01)));
    return loss;
  });
  const losses: number[] = [];
  for (let i = 0; i < 5; i++) losses.push(await (await step()).item());
  for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(losses[i - 1] as number);
});
