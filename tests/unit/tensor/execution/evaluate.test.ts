import {
  add,
  type BackendName,
  currentBackend,
  evaluate,
  mul,
  neg,
  randomUniform,
  setBackend,
  sum,
  tensor,
  Variable,
} from 'mapache/tensor';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { getBackend } from '../../../../src/tensor/backends/index.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('reading', () => {
  it('several tensors together computes what they share once', async () => {
    const prepare = vi.spyOn(getBackend(), 'prepare');
    const shared = neg(randomUniform([3], { seed: 1 }));
    const [a, b] = [mul(shared, 2), add(shared, 1)];
    await evaluate([a, b]);
    const steps = prepare.mock.calls.flatMap(([plan]) => plan.steps.map(({ op }) => op));
    expect(steps.filter((op) => op === 'neg')).toHaveLength(1);
  });

  it('keeps what was read: what is made of it starts from there', async () => {
    const prepare = vi.spyOn(getBackend(), 'prepare');
    const x = neg(tensor([1, 2]));
    await x.data();
    prepare.mockClear();
    expect(await add(x, 1).array()).toEqual([0, -1]);
    const steps = prepare.mock.calls.flatMap(([plan]) => plan.steps.map(({ op }) => op));
    expect(steps).toEqual(['add']);
  });

  it('what is known already runs nothing', async () => {
    const x = neg(tensor([1, 2]));
    await x.data();
    const prepare = vi.spyOn(getBackend(), 'prepare');
    await Promise.all([x.data(), tensor(1).item(), evaluate([x, x])]);
    expect(prepare).not.toHaveBeenCalled();
  });

  it('at the same time gives the same numbers', async () => {
    const x = neg(randomUniform([4], { seed: 2 }));
    const [a, b] = await Promise.all([x.data(), x.data()]);
    expect(a).toEqual(b);
  });

  it('on two backends at the same time gives each the numbers, though a tensor is on one of them', async () => {
    const before = currentBackend();
    const x = tensor(Array.from({ length: 1000 }, (_, i) => i));
    const read = (backend: BackendName, turn: number) => {
      setBackend(backend);
      return add(x, turn).data();
    };
    try {
      const turns = Array.from({ length: 8 }, (_, turn) => read(turn % 2 === 0 ? 'wasm' : 'reference', turn));
      for (const [turn, sums] of (await Promise.all(turns)).entries()) {
        expect(sums).toEqual(Float32Array.from({ length: 1000 }, (_, i) => i + turn));
      }
    } finally {
      setBackend(before);
    }
  });

  it('the same tensor twice gives its numbers twice', async () => {
    const x = sum(tensor([1, 2, 3]));
    const [a, b] = await evaluate([x, x]);
    expect(a).toBe(b);
    expect(await a?.host()).toEqual(Float32Array.of(6));
  });

  it('outside a trace sees the value a variable has when the graph is made', async () => {
    const w = new Variable(2);
    const before = mul(w.value, 10);
    w.assign(3);
    expect([await before.item(), await mul(w.value, 10).item()]).toEqual([20, 30]);
  });

  it('large results leaves earlier ones as they are: nothing is kept in the arena', async () => {
    const x = neg(tensor([1, 2, 3]));
    const first = await evaluate([x]);
    await neg(randomUniform([1000])).data();
    await mul(tensor([9, 9, 9]), 9).data();
    expect(await first[0]?.host()).toEqual(Float32Array.of(-1, -2, -3));
  });

  it('that fails can be tried again', async () => {
    const backend = getBackend();
    vi.spyOn(backend, 'prepare').mockImplementationOnce(() => {
      throw new Error('the device is busy');
    });
    // Adding random numbers cannot be hoisted to a plan of its own.
    const x = add(tensor([1]), randomUniform([3]));
    await expect(x.data()).rejects.toThrow('the device is busy');
    expect(await x.data()).toHaveLength(3);
  });
});
