import {
  add,
  broadcastTo,
  buildPlan,
  compile,
  matmul,
  mul,
  neg,
  ones,
  type Plan,
  randomNormal,
  randomUniform,
  square,
  sum,
  tensor,
  Variable,
} from 'mapache/tensor';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { getBackend } from '../../../../src/tensor/backends/index.js';

const ops = (plan: Plan | null): string[] => plan?.steps.map(({ op }) => op) ?? [];

/** How often each plan is run from now on, by name. */
function countRuns(): Map<string, number> {
  const runs = new Map<string, number>();
  const backend = getBackend();
  const prepare = backend.prepare.bind(backend);
  vi.spyOn(backend, 'prepare').mockImplementation(async (plan) => {
    const executable = await prepare(plan);
    return {
      ...executable,
      run: (bound) => {
        runs.set(plan.name, (runs.get(plan.name) ?? 0) + 1);
        return executable.run(bound);
      },
    };
  });
  return runs;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what depends on constants and unchanged variables only', () => {
  const spec = { shape: [2], dtype: 'float32' } as const;

  it('is computed by a plan of its own, whose results stand in its place', () => {
    const scale = new Variable([1, 2]);
    const fn = compile((x) => mul(x, square(neg(scale.value))));
    const plan = fn.plan(spec);
    expect(ops(plan)).toEqual(['mul']);
    expect(ops(plan.prelude)).toEqual(['neg', 'mul']);
    expect(plan.rewrites).toContain('hoist: 1 values kept until a version changes');
  });

  it('is computed again exactly when a version changes', async () => {
    const runs = countRuns();
    const scale = new Variable([1, 2]);
    const other = new Variable([5, 5]);
    const fn = compile((x) => add(mul(x, neg(scale.value)), other.value), { name: 'scaled' });
    const call = async () => (await fn(tensor([1, 1]))).array();
    const prelude = () => runs.get('scaled (prelude)');

    expect(await call()).toEqual([4, 3]);
    expect(prelude()).toBe(1);
    await call();
    await call();
    expect(prelude()).toBe(1);
    scale.assign([10, 20]);
    expect(await call()).toEqual([-5, -15]);
    expect(prelude()).toBe(2);
    other.assign([0, 0]);
    expect(await call()).toEqual([-10, -20]);
    expect(prelude()).toBe(2);
    scale.assign([10, 20]);
    await call();
    expect(prelude()).toBe(3);
    expect(runs.get('scaled')).toBe(6);
  });

  it('stays if a plan assigns the variable itself', async () => {
    const w = new Variable([1, 2]);
    const step = compile(() => {
      const next = mul(neg(w.value), 2);
      w.assign(next);
      return next;
    });
    expect(step.plan().prelude).toBeNull();
    expect(await (await step()).array()).toEqual([-2, -4]);
    expect(await (await step()).array()).toEqual([4, 8]);
  });

  it('is not kept where it merely repeats numbers', () => {
    const bias = new Variable([[1], [2]]);
    const fn = compile((x) => matmul(x, broadcastTo(neg(bias.value), [2, 1000])));
    const plan = fn.plan({ shape: [3, 2], dtype: 'float32' });
    expect(ops(plan)).toEqual(['broadcastTo', 'matmul']);
    expect(ops(plan.prelude)).toEqual(['neg']);
  });

  it('is not kept at all where nothing is left to compute', () => {
    expect(compile((x) => add(x, new Variable([1, 2]).value)).plan(spec).prelude).toBeNull();
    expect(compile((x) => add(x, broadcastTo(1, [2]))).plan(spec).prelude).toBeNull();
  });

  it('may be all that there is', async () => {
    const w = new Variable([1, 2]);
    const fn = compile(() => sum(square(w.value)));
    expect(fn.plan().steps).toEqual([]);
    expect(await (await fn()).item()).toBe(5);
    w.assign([3, 4]);
    expect(await (await fn()).item()).toBe(25);
  });
});

describe('random numbers', () => {
  it('whose step is an input are drawn afresh at every run', async () => {
    const fn = compile((step) => neg(randomNormal([4], { seed: 1, step })));
    expect(fn.plan({ shape: [], dtype: 'int32' }).prelude).toBeNull();
    const draw = async (step: number) => (await fn(tensor(step, { dtype: 'int32' }))).data();
    expect(await draw(0)).not.toEqual(await draw(1));
    expect(await draw(1)).toEqual(await neg(randomNormal([4], { seed: 1, step: 1 })).data());
  });

  it('whose step is a variable follow its versions, also where they are scalars', async () => {
    const step = new Variable(tensor(0, { dtype: 'int32' }));
    const fn = compile(() => neg(randomUniform([], { seed: 1, step: step.value })));
    const first = await (await fn()).item();
    expect(await (await fn()).item()).toBe(first);
    step.assign(tensor(1, { dtype: 'int32' }));
    expect(await (await fn()).item()).not.toBe(first);
  });

  it('whose step the plan counts up itself are drawn afresh at every run', async () => {
    const step = new Variable(tensor(0, { dtype: 'int32' }));
    const fn = compile(() => {
      const drawn = neg(randomUniform([3], { seed: 1, step: step.value }));
      step.assign(add(step.value, 1));
      return drawn;
    });
    const draws = [await (await fn()).data(), await (await fn()).data(), await (await fn()).data()];
    expect(new Set(draws.map(String)).size).toBe(3);
  });

  it('of a constant step are the same at every run, and made again rather than kept', async () => {
    const fn = compile((x) => mul(x, randomUniform([2], { seed: 1 })));
    expect(fn.plan({ shape: [2], dtype: 'float32' }).prelude).toBeNull();
    const x = ones([2]);
    expect(await (await fn(x)).data()).toEqual(await (await fn(x)).data());
  });
});

it('a plan without variables and inputs hoists everything', () => {
  const plan = buildPlan({ name: 'constant', outputs: [sum(square(tensor([1, 2])))] });
  expect(ops(plan)).toEqual([]);
  expect(ops(plan.prelude)).toEqual(['mul', 'sum']);
});
