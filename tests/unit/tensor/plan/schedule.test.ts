import { add, compile, gradients, matmul, mul, neg, type Step, sub, sum, type Tensor, Variable } from 'mapache/tensor';
import { expect, it } from 'vitest';
import { randomTensor } from '../../../support/tensors.js';

const spec = { shape: [200, 4], dtype: 'float32' } as const;

const weights = (count: number): readonly Variable[] =>
  Array.from({ length: count }, (_, i) => new Variable(randomTensor([4, 4], i), { name: `w${i}` }));

const names = (steps: readonly Step[]): readonly string[] => steps.map(({ op }) => op);

it('updates the variables of a layer before it goes on to the layer below', () => {
  const layers = weights(3);
  const step = compile((x: Tensor) => {
    const y = layers.reduce<Tensor>((h, w) => matmul(h, w.value), x);
    const loss = sum(mul(y, y));
    gradients(loss, layers).forEach((dw, i) => {
      const w = layers[i] as Variable;
      w.assign(sub(w.value, dw));
    });
    return loss;
  });
  const plan = step.plan(spec);
  const updates = plan.effects.map(({ value }) => plan.steps.findIndex(({ output }) => output === value));
  expect(updates).toEqual([...updates].sort((a, b) => b - a));
  // The gradient of the last matrix, its update, what goes on to the layer below, …
  const backward = ['matmul', 'sub', 'matmul', 'matmul', 'sub', 'matmul', 'matmul', 'sub'];
  expect(names(plan.steps).slice(-backward.length)).toEqual(backward);
});

it('makes what is needed late, late', () => {
  const plan = compile((x: Tensor) => {
    const early = mul(x, 2);
    const y = neg(neg(neg(x)));
    return add(matmul(y, randomTensor([4, 4], 1)), early);
  }).plan(spec);
  expect(names(plan.steps).slice(-3)).toEqual(['matmul', 'mul', 'add']);
});

it('makes a bias before the layers', () => {
  const [w, b] = [new Variable(randomTensor([4, 4], 1)), new Variable(randomTensor([4], 2))];
  const plan = compile((x: Tensor) => {
    const y = add(matmul(x, w.value), neg(b.value));
    b.assign(sub(b.value, 1));
    return y;
  }).plan(spec);
  const order = names(plan.steps);
  expect(order.indexOf('neg')).toBeLessThan(order.indexOf('matmul'));
});
