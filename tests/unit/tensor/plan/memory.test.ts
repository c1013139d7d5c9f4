import { compile, matmul, mul, neg, reshape, sum, type Tensor, transpose } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

const spec = { shape: [256], dtype: 'float32' } as const;
const bytes = 256 * 4;

const chain = (length: number) => (x: Tensor) => Array.from({ length }).reduce<Tensor>((y) => neg(y), x);

describe('the memory plan', () => {
  it('of a chain takes two places, however long it is', () => {
    for (const length of [2, 3, 20]) {
      const { memory } = compile(chain(length)).plan(spec);
      expect(memory.arenaBytes).toBe(2 * bytes);
      expect(memory.unsharedBytes).toBe(length * bytes);
    }
  });

  it('gives every step a slot, and inputs none', () => {
    const plan = compile(chain(3)).plan(spec);
    expect([...plan.memory.slots.keys()]).toEqual(plan.steps.map(({ output }) => output));
  });

  it('starts slots at multiples of 64 bytes', () => {
    const plan = compile((x) => [neg(x), mul(x, 2), sum(x)]).plan({ shape: [3], dtype: 'float32' });
    for (const { offset, bytes: size } of plan.memory.slots.values()) {
      expect(offset % 64).toBe(0);
      expect(size).toBe(64);
    }
  });

  it('keeps results until the end', () => {
    const plan = compile((x) => {
      const first = neg(x);
      return [first, chain(5)(first)];
    }).plan(spec);
    expect(plan.memory.arenaBytes).toBe(3 * bytes);
  });

  it('lets a reshaped value share the bytes of what it was made of, for as long as either is read', () => {
    const plan = compile((x) => {
      const y = neg(x);
      const square = reshape(y, [16, 16]);
      return matmul(matmul(square, transpose(square)), square);
    }).plan(spec);
    const slotOf = (op: string) => plan.memory.slots.get(plan.steps.find((step) => step.op === op)?.output ?? -1);
    expect(slotOf('reshape')).toBe(slotOf('neg'));
    expect(plan.memory.unsharedBytes).toBe(4 * bytes);
  });

  it('copies an input that is reshaped, which belongs to the caller', () => {
    const plan = compile((x) => reshape(x, [16, 16])).plan(spec);
    expect(plan.memory.arenaBytes).toBe(bytes);
  });

  it('of nothing is empty', () => {
    const plan = compile((x) => x).plan(spec);
    expect(plan.memory).toMatchObject({ arenaBytes: 0, unsharedBytes: 0 });
  });
});
