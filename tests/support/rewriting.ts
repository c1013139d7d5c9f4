import {
  buildPlan,
  currentBackend,
  type Fusion,
  fillNormal,
  getBackend,
  type Plan,
  type PlanStyle,
  type PrimitiveName,
  plainStyle,
  type Rewrite,
  type Shape,
  setBackend,
  sizeOf,
  type Tensor,
  trace,
  wrap,
} from 'mapache/tensor';
import { expect } from 'vitest';
import { Program } from '../../src/tensor/execution/program.js';
import { relativeError } from './relative-error.js';

/** Normal numbers in double precision. */
export function normal64(shape: Shape, seed: number): Tensor {
  const values = new Float64Array(sizeOf(shape));
  fillNormal(values, seed, 0, 0);
  return wrap(values, shape, 'float64');
}

/** The plan of a function of tensors, as some rewrites and fusions make it. */
export function planOf(
  fn: (...inputs: readonly Tensor[]) => readonly Tensor[],
  inputs: readonly Tensor[],
  {
    rewrites = [],
    fusions = [],
  }: { readonly rewrites?: readonly Rewrite[]; readonly fusions?: readonly Fusion[] } = {},
): Plan {
  const { outputs, effects } = trace('rewritten', fn, inputs);
  return buildPlan({ name: 'rewritten', outputs, effects, style: { ...plainStyle, rewrites, fusions } });
}

/** Asserts that a function computes what it does without them up to 1e-12 in double precision, and returns its plan. */
export async function expectSameOutputs(
  fn: (...inputs: readonly Tensor[]) => readonly Tensor[],
  inputs: readonly Tensor[],
  ...rewrites: readonly Rewrite[]
): Promise<Plan> {
  const [plain, rewritten] = [planOf(fn, inputs), planOf(fn, inputs, { rewrites })];
  const [expected, actual] = [await run(plain, inputs), await run(rewritten, inputs)];
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  for (const [i, tensor] of actual.entries()) {
    expect(relativeError(await tensor.data(), await (expected[i] as Tensor).data()), `output ${i}`).toBeLessThan(1e-12);
  }
  return rewritten;
}

/** What runs each time, by name. */
export function operations({ steps }: Plan): readonly PrimitiveName[] {
  return steps.map(({ op }) => op);
}

function run(plan: Plan, inputs: readonly Tensor[]): Promise<readonly Tensor[]> {
  return new Program(plan, getBackend('reference')).run(inputs);
}

/** Runs `body` on the reference backend, which has its plans as another backend likes them meanwhile. */
export async function withStyle<R>(style: PlanStyle, body: () => R | Promise<R>): Promise<R> {
  const [backend, current] = [getBackend('reference'), currentBackend()];
  const before = backend.style;
  Object.assign(backend, { style });
  setBackend('reference');
  try {
    return await body();
  } finally {
    setBackend(current);
    Object.assign(backend, { style: before });
  }
}
