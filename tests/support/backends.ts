import {
  apply,
  type BackendName,
  backendNames,
  compile,
  currentBackend,
  type DType,
  fillNormal,
  type PrimitiveName,
  type PrimitiveParams,
  type Shape,
  setBackend,
  sizeOf,
  type Tensor,
  type TypedArray,
} from 'mapache/tensor';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type ArrayDraw, toTensor } from './arbitraries.js';
import { asked, inBrowser } from './environment.js';
import type { Draw } from './gradients.js';

/**
 * What is tested on one backend is tested on all of these. In Node the registered ones, with the graphics card only
 * where the run says how to reach it; in a browser the one that this page is for.
 */
export const backends: readonly BackendName[] = inBrowser
  ? [currentBackend()]
  : backendNames.filter((name: string) => name !== 'gpu' || asked.gpuMode !== undefined);

/** Those that compute in double precision too, which difference quotients need. */
export const doublePrecisionBackends = backends.filter((name: string) => name !== 'gpu');

/** Runs tests once on each backend: within them it is the current one. */
export function onEachBackend(tests: (backend: BackendName) => void, among = backends): void {
  describe.each(among)('on the %s backend', (backend) => {
    const before = currentBackend();
    beforeAll(() => setBackend(backend));
    afterAll(() => setBackend(before));
    tests(backend);
  });
}

/**
 * Largest difference from the reference in double precision, relative to the largest value of the result. Where products
 * are added up it is relative to the sum of their magnitudes: what cancels in the result does not cancel in its error.
 */
export const parityTolerance = 1e-5;

/** What takes the place of `parityTolerance` on graphics cards, whose own functions are less exact. */
const gpuTolerances: { readonly [K in PrimitiveName]?: number } = {
  exp: 1e-4,
  log: 1e-4,
  log1p: 1e-4,
  tanh: 1e-4,
  sigmoid: 1e-4,
  erf: 1e-4,
  pow: 1e-4,
  randomNormal: 1e-4,
};

/** How far a primitive may be off on a backend; without a name, something that is made of any of them. */
export function toleranceOn(backend: string, name?: PrimitiveName): number {
  if (backend !== 'gpu') return parityTolerance;
  if (name === undefined) return Math.max(parityTolerance, ...Object.values(gpuTolerances));
  return gpuTolerances[name] ?? parityTolerance;
}

const accumulating: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  'sum',
  'matmul',
  'conv2d',
  'conv2dInputGradient',
  'conv2dFilterGradient',
  'depthwiseConv2d',
  'depthwiseConv2dInputGradient',
  'depthwiseConv2dFilterGradient',
  'avgPool2d',
  'avgPool2dGradient',
  'maxPool2dGradient',
  'resizeBilinear',
  'resizeBilinearGradient',
  'resizeNearestGradient',
  'scatterAdd',
]);

/** Runs `fn` as a plan on one backend. */
export function runOn(
  backend: BackendName,
  fn: (...inputs: readonly Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): Promise<Tensor> {
  return compile(fn, { backend })(...inputs);
}

/**
 * Asserts that a backend computes a primitive in single precision as the reference does in double precision from the
 * same numbers: integers and truth values exactly, floating numbers within the tolerance, with NaN and infinities in
 * the same places.
 */
export async function expectSameAsReference<K extends PrimitiveName>(
  backend: BackendName,
  name: K,
  draw: Draw<PrimitiveParams[K]>,
): Promise<void> {
  const single = await runDraw(backend, name, inDType(draw, 'float32'));
  const double = await runDraw('reference', name, inDType(draw, 'float64'));
  expect(single.shape).toEqual(double.shape);
  expect(single.dtype).toBe(double.dtype === 'float64' ? 'float32' : double.dtype);
  const magnitudes = accumulating.has(name)
    ? await runDraw('reference', name, inDType(absolute(draw), 'float64'))
    : double;
  const bound = toleranceOn(backend, name) * largest(await magnitudes.data());
  expectSameNumbers(await single.data(), await double.data(), bound);
}

/**
 * Asserts the same of a primitive that also takes integers: exactly what double precision gives, without its fraction.
 */
export async function expectSameIntegers<K extends PrimitiveName>(
  backend: BackendName,
  name: K,
  draw: Draw<PrimitiveParams[K]>,
): Promise<void> {
  const whole = { ...draw, inputs: draw.inputs.map(rounded) };
  const integers = await runDraw(backend, name, inDType(whole, 'int32'));
  const double = await runDraw('reference', name, inDType(whole, 'float64'));
  expect(integers.dtype).toBe(double.dtype === 'float64' ? 'int32' : double.dtype);
  // + 0: what is truncated to -0 is 0 as an integer.
  expect([...(await integers.data())]).toEqual([...(await double.data())].map((value) => Math.trunc(value) + 0));
}

/** Asserts that numbers differ by no more than `bound`. */
function expectSameNumbers(actual: TypedArray, expected: TypedArray, bound: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    if (!Number.isFinite(value)) expect(actual[i], `element ${i}`).toBe(value);
    else expect(Math.abs((actual[i] as number) - value), `element ${i}`).toBeLessThanOrEqual(bound);
  }
}

/** An array of normal numbers, for operands too large to be drawn one by one. */
export function normalArray(shape: Shape, seed: number): ArrayDraw {
  const values = new Float64Array(sizeOf(shape));
  fillNormal(values, seed, 0, 0);
  return { shape, dtype: 'float64', values: [...values].map(Math.fround) };
}

function runDraw<K extends PrimitiveName>(
  backend: BackendName,
  name: K,
  { inputs, params }: Draw<PrimitiveParams[K]>,
): Promise<Tensor> {
  return runOn(backend, (...tensors) => apply(name, tensors, params), inputs.map(toTensor));
}

/** A draw with its `float64` inputs and results in another dtype. Numbers are those that single precision can hold. */
export function inDType<P>({ params, inputs }: Draw<P>, dtype: DType): Draw<P> {
  const converted = inputs.map(
    (input): ArrayDraw =>
      input.dtype === 'float64' ? { ...input, dtype, values: input.values.map(Math.fround) } : input,
  );
  if (typeof params !== 'object' || params === null || !('dtype' in params)) return { params, inputs: converted };
  const isFloat = params.dtype === 'float32' || params.dtype === 'float64';
  return { params: isFloat ? { ...params, dtype } : params, inputs: converted };
}

function largest(values: TypedArray): number {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

function absolute<P>(draw: Draw<P>): Draw<P> {
  const inputs = draw.inputs.map(
    (input): ArrayDraw => (input.dtype === 'float64' ? { ...input, values: input.values.map(Math.abs) } : input),
  );
  return { ...draw, inputs };
}

function rounded(input: ArrayDraw): ArrayDraw {
  return input.dtype === 'float64' ? { ...input, values: input.values.map((value) => Math.round(value * 8)) } : input;
}
