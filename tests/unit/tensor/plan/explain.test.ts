import {
  add,
  compile,
  epilogues,
  explain,
  gradients,
  isGradient,
  matmul,
  mean,
  mul,
  neg,
  ones,
  plainStyle,
  relu,
  savedForBackward,
  setBackend,
  square,
  sub,
  type Tensor,
  tensor,
  Variable,
  withOrigin,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { withStyle } from '../../../support/rewriting.js';

// Its plans are as they were written: other backends rewrite them.
setBackend('reference');

function trainingStep() {
  const kernel = new Variable(ones([3, 2]), { name: 'kernel' });
  kernel.path = 'head/kernel';
  const scale = new Variable(ones([1, 3]), { name: 'scale' });
  return compile(
    (x: Tensor) => {
      const scaled = withOrigin('base', () => mul(x, square(neg(scale.value))));
      const y = withOrigin('head', () => relu(matmul(scaled, kernel.value)));
      const loss = mean(square(y));
      const [dw] = gradients(loss, [kernel]);
      kernel.assign(sub(kernel.value, mul(dw, 0.1)));
      return loss;
    },
    { name: 'train' },
  );
}

const spec = { shape: [4, 3], dtype: 'float32' } as const;

describe('explain', () => {
  const text = trainingStep().explain(spec);
  const lines = text.split('\n');

  it('starts with steps, operations and memory of the whole plan', () => {
    const plan = trainingStep().plan(spec);
    const flops = plan.steps.reduce((total, step) => total + step.flops, 0);
    expect(lines[0]).toBe(
      `train: ${plan.steps.length} steps, ${(flops / 1e6).toFixed(2)} MFLOP, 0.00 MiB arena (0.00 MiB without sharing)`,
    );
  });

  it('says what was rewritten', () => {
    expect(text).toMatch(/^ {2}deduplicate: \d+ repeated steps shared$/m);
    expect(text).toMatch(/^ {2}hoist: 2 values kept until a version changes$/m);
  });

  it('lists what is computed once per version apart', () => {
    // The square of the negated scale, and the share of each element in the mean.
    expect(text).toContain('computed once per version (4 steps):\n  %0 = neg(scale) [1, 3] float32');
  });

  it('lists every step with inputs, shape, dtype and origin', () => {
    expect(lines).toContain('  %0 = mul(input0, hoisted0) [4, 3] float32  0.000 MFLOP  base');
    expect(lines).toContain('  %1 = matmul(%0, head/kernel) [4, 2] float32  0.000 MFLOP  head');
    expect(lines.some((line) => line.includes('∇head'))).toBe(true);
  });

  it('names the forward values that the backward pass reads, and their size', () => {
    expect(text).toContain('kept for the backward pass: 0.00 MiB\n');
    const [, saved = ''] = text.split('kept for the backward pass:');
    expect(saved).toContain('  %0 [4, 3] base');
    expect(saved).toContain('  %2 [4, 2] head');
  });

  it('ends with what is stored', () => {
    expect(lines.at(-1)).toMatch(/^then head\/kernel := %\d+$/);
  });

  it('of a forward pass keeps nothing', () => {
    const forward = compile((x) => add(x, 1), { name: 'forward' });
    expect(forward.explain(spec)).toMatch(/kept for the backward pass: nothing$/);
  });

  it('indents steps that run with the one above', async () => {
    const kernel = tensor([1, 2, 3, 4, 5, 6], { shape: [3, 2] });
    const layer = (x: Tensor) => neg(relu(add(matmul(x, kernel), tensor([1, 2]))));
    const fused = await withStyle({ ...plainStyle, fusions: [epilogues] }, () =>
      compile(layer, { name: 'fused' }).explain(spec),
    );
    expect(fused).toContain('fused: 4 steps run as 2, ');
    expect(fused).toMatch(/\n {2}%0 = matmul.*\n {4}%1 = add.*\n {4}%2 = relu.*\n {2}%3 = neg/);
  });

  it('of a plan is the same text', () => {
    const step = trainingStep();
    expect(explain(step.plan(spec))).toBe(step.explain(spec));
  });
});

it('freezing the bottom of a network saves its activations', () => {
  const depth = 4;
  const weights = Array.from({ length: depth }, () => new Variable(ones([3, 3])));
  const savedWhenFrozen = (frozen: number): number => {
    const step = compile((x: Tensor) => {
      const y = weights.reduce<Tensor>((h, w) => relu(matmul(h, w.value)), x);
      return [...gradients(mean(y), weights.slice(frozen))];
    });
    return savedForBackward(step.plan(spec)).length;
  };
  const saved = Array.from({ length: depth }, (_, frozen) => savedWhenFrozen(frozen));
  // Layer by layer: what a trained product was given (the first was given the input), and what relu let through.
  expect(saved).toEqual([4, 4, 3, 2]);
});

it('isGradient tells the steps of the backward pass', () => {
  const plan = trainingStep().plan(spec);
  const kinds = plan.steps.map((step) => isGradient(step));
  expect(kinds).toContain(true);
  expect(kinds[0]).toBe(false);
});
