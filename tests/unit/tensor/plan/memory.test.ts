import { compile, matmul, mul, neg, reshape, setBackend, sum, type Tensor, transpose } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

// Its plans are as they were written: other backends rewrite them.
setBackend('reference');

const spec = { shape: [256], dtype: 'float32' } as const;
const bytes = 256 * 4;

const chain = (length: number) => (x: Tensor) => Array.from({ length }).reduce<Tensor>((y) => neg(y), x);

describe('the memory plan', () => {
  it('of a chain takes two places, however long it is', () => {
    for (const length of [3, 4, 20]) {
      const { memory } = compile(chain(length)).plan(spec);
      expect(memory.arenaBytes).toBe(2 * bytes);
      expect(memory.unsharedBytes).toBe((length - 1) * bytes);
    }
  });

  it('gives every step a slot but those that make results, which outlive the plan, and inputs none', () => {
    const plan = compile(chain(3)).plan(spec);
    const made = plan.steps.map(({ output }) => output);
    expect([...plan.memory.slots.keys()]).toEqual(made.slice(0, -1));
  });

  it('starts slots at multiples of 64 bytes', () => {
    const plan = compile((x) => [neg(x), mul(x, 2), sum(x)].map(neg)).plan({ shape: [3], dtype: 'float32' });
    expect(plan.memory.slots.size).toBe(3);
    for (const { offset, bytes: size } of plan.memory.slots.values()) {
      expect(offset % 64).toBe(0);
      expect(size).toBe(64);
    }
  });

  it('lets a reshaped value share the bytes of what it was made of, for as long as either is read', () => {
    const plan = compile((x) => {
      const y = neg(x);
      const square = reshape(y, [16, 16]);
      return matmul(matmul(square, transpose(square)), square);
    }).plan(spec);
    const slotOf = (op: string) => plan.memory.slots.get(plan.steps.find((step) => step.op === op)?.output ?? -1);
    expect(slotOf('reshape')).toBe(slotOf('neg'));
    expect(plan.memory.unsharedBytes).toBe(3 * bytes);
  });

  it('has no place for an input that is reshaped, which belongs to the caller', () => {
    const plan = compile((x) => [reshape(x, [16, 16]), neg(reshape(x, [256, 1]))]).plan(spec);
    expect(plan.memory.arenaBytes).toBe(0);
  });

  it('of nothing is empty', () => {
    const plan = compile((x) => x).plan(spec);
    expect(plan.memory).toMatchObject({ arenaBytes: 0, unsharedBytes: 0 });
  });
});
