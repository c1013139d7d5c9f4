import {
  type BackendName,
  cast,
  currentBackend,
  evaluate,
  gradients,
  mul,
  setBackend,
  sum,
  type Tensor,
} from 'mapache/tensor';
import { expect } from 'vitest';
import { type ArrayDraw, toTensor } from './arbitraries.js';
import { normalArray, toleranceOn } from './backends.js';
import type { TensorFunction } from './gradients.js';
import { relativeError } from './relative-error.js';
import { type Reference, unavoidableErrors } from './single-precision.js';

type Precision = 'float32' | 'float64';

/** A function at one point, in one precision. */
export interface Point {
  readonly fn: TensorFunction;
  readonly inputs: readonly ArrayDraw[];
  /** Inputs to differentiate by. @defaultValue every floating input */
  readonly wrt?: readonly number[] | undefined;
}

/**
 * Asserts that the gradients of a function on a backend, in single precision, are those that the reference computes in
 * double precision from the same numbers. This is what can be asked of a backend that has no double precision; whether
 * the reference is right is checked with differences, in `tests/gradients`.
 */
export async function expectSameGradients(
  backend: BackendName,
  pointIn: (precision: Precision) => Point,
): Promise<void> {
  const expected = await gradientsOf('reference', pointIn('float64'), 'float64');
  const actual = await gradientsOf(backend, pointIn('float32'), 'float32');
  expect(actual).toHaveLength(expected.length);
  // Relative to the incoming gradient, which is about 1, where the result is smaller: there it is what cancelled.
  const errors = expected.map((gradient, i) => relativeError(actual[i] as ArrayLike<number>, gradient, 1));
  if (errors.every((error) => error <= toleranceOn(backend))) return;
  const reference: Reference = (precision, move) => {
    const { inputs, ...point } = pointIn(precision);
    return gradientsOf('reference', { ...point, inputs: inputs.map(move) }, precision);
  };
  // Where a function is steep, single precision itself is further off.
  const unavoidable = await unavoidableErrors(reference, expected, 1);
  for (const [i, error] of errors.entries())
    expect(error, `gradient ${i}`).toBeLessThanOrEqual(Math.max(toleranceOn(backend), 2 * (unavoidable[i] as number)));
}

/** The gradients of the sum of a function's results, each times a random weight. */
async function gradientsOf(
  backend: BackendName,
  { fn, inputs, wrt }: Point,
  precision: Precision,
): Promise<readonly ArrayLike<number>[]> {
  const by = wrt ?? inputs.flatMap(({ dtype }, i) => (dtype === precision ? [i] : []));
  const before = currentBackend();
  setBackend(backend);
  try {
    const tensors = inputs.map(toTensor);
    const result = cast(fn(...tensors), precision);
    const weights = toTensor({ ...normalArray(result.shape, 11), dtype: precision });
    const parts = gradients(
      sum(mul(result, weights)),
      by.map((i) => tensors[i] as Tensor),
    );
    return await Promise.all((await evaluate(parts)).map((storage) => storage.host()));
  } finally {
    setBackend(before);
  }
}
