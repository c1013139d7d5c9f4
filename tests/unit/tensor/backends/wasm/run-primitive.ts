import { expect } from 'vitest';
import type { Backend } from '../../../../../src/tensor/backends/index.js';
import { createReferenceBackend } from '../../../../../src/tensor/backends/reference/index.js';
import { type DType, type TypedArray, toTypedArray } from '../../../../../src/tensor/dtype.js';
import { apply } from '../../../../../src/tensor/ops/index.js';
import type { PrimitiveName, PrimitiveParams } from '../../../../../src/tensor/ops/primitives.js';
import { buildPlan, trace } from '../../../../../src/tensor/plan/index.js';
import { fillNormal } from '../../../../../src/tensor/random.js';
import { type Shape, sizeOf } from '../../../../../src/tensor/shape.js';

/** An input of a primitive. */
export interface Operand {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** What normal numbers are multiplied by before they are rounded to integers; bytes wrap around. */
const spread = { int32: 2 ** 28, uint8: 2 ** 8, bool: 1 } as const;

/** Numbers of both signs in no obvious order; of every dtype. */
export function randomOperand(shape: Shape, dtype: DType, seed = 1): Operand {
  const values = new Float64Array(sizeOf(shape));
  fillNormal(values, seed, 0, 0);
  if (dtype === 'float32' || dtype === 'float64') return { shape, dtype, data: toTypedArray(dtype, values) };
  return {
    shape,
    dtype,
    data: toTypedArray(
      dtype,
      values.map((value) => Math.trunc(value * spread[dtype])),
    ),
  };
}

/** Whole numbers given one by one. */
export function indices(shape: Shape, values: readonly number[]): Operand {
  return { shape, dtype: 'int32', data: Int32Array.from(values) };
}

const reference = createReferenceBackend({});

/** What the reference computes. */
export function runReference<K extends PrimitiveName>(
  name: K,
  params: PrimitiveParams[K],
  inputs: readonly Operand[],
): Promise<TypedArray> {
  return runPrimitive(reference, name, params, inputs);
}

/** Runs one primitive as a plan of one step on a backend, and frees everything it took there. */
export async function runPrimitive<K extends PrimitiveName>(
  backend: Backend,
  name: K,
  params: PrimitiveParams[K],
  inputs: readonly Operand[],
): Promise<TypedArray> {
  const { outputs } = trace(name, (...tensors) => apply(name, tensors, params), inputs);
  const plan = buildPlan({ name, outputs });
  const executable = await backend.prepare(plan);
  const positions = plan.bound.map((id) => plan.values[id]?.source as { readonly position: number });
  const bound = positions.map(({ position }) => backend.upload((inputs[position] as Operand).data));
  const [result] = await executable.run(bound);
  if (result === undefined) throw new Error(`${name} gave no result`);
  const data = (await backend.download(result)).slice();
  for (const buffer of [...bound, result]) backend.free(buffer);
  executable.dispose();
  return data;
}

/** Asserts that two arrays hold the same numbers; much faster than comparing them as values of a test framework. */
export function expectSameNumbers(actual: TypedArray, expected: TypedArray): void {
  expect(actual.constructor).toBe(expected.constructor);
  expect(actual).toHaveLength(expected.length);
  const different = expected.findIndex((value, i) => !Object.is(value, actual[i]));
  if (different !== -1) expect(actual[different], `element ${different}`).toBe(expected[different]);
}
