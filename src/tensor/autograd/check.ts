import type { TypedArray } from '../dtype.js';
import { DTypeError } from '../errors.js';
import { mul, randomUniform, sub, sum } from '../ops/index.js';
import { evaluate, type Tensor, wrap } from '../tensor.js';
import { gradients } from './gradients.js';

/** Options of `checkGradients`. */
export interface CheckOptions {
  /** Half the distance between the two points of a difference. @defaultValue `1e-5` */
  readonly epsilon?: number;
  /** Fixes the weights that turn the result into one number. @defaultValue `0` */
  readonly seed?: number;
  /** Which inputs to check. @defaultValue all of them */
  readonly inputs?: readonly number[];
}

/** The two gradients of one input, and how far they are apart. */
export interface GradientComparison {
  readonly input: number;
  readonly analytic: Float64Array;
  readonly numeric: Float64Array;
  /** `max |analytic - numeric| / max(|analytic|, |numeric|, 1e-3)`, the maxima over all elements. */
  readonly error: number;
}

/**
 * Compares the gradients of `fn` with central differences `(f(x + h) - f(x - h)) / 2h`. The result of `fn` is turned
 * into a number by a fixed random weighting, so that every element of it counts.
 *
 * Use it for your own compositions: keep away from kinks such as `relu` at 0, where no difference can be right.
 * @param inputs points to check at, in `float64`.
 * @throws {DTypeError} if an input is not `float64`: in single precision the differences are mostly noise.
 */
export async function checkGradients(
  fn: (...inputs: readonly Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  options: CheckOptions = {},
): Promise<readonly GradientComparison[]> {
  const { epsilon = 1e-5, seed = 0, inputs: chosen = inputs.map((_, i) => i) } = options;
  for (const { dtype } of inputs) if (dtype !== 'float64') throw new DTypeError('checkGradients', 'float64', dtype);
  const points = (await evaluate(inputs)).map((storage) => storage.host());
  const values = await Promise.all(points);

  const weigh = (result: Tensor): Tensor => {
    const weights = sub(randomUniform(result.shape, { seed, dtype: 'float64' }), 0.5);
    return sum(mul(result, weights));
  };
  // Leaves of their own: a tensor given twice is two inputs.
  const leaves = inputs.map(({ shape }, i) => wrap(values[i] as TypedArray, shape, 'float64'));
  const analytic = gradients(
    weigh(fn(...leaves)),
    chosen.map((i) => leaves[i] as Tensor),
  );

  const shifted = (input: number, element: number, by: number): Tensor => {
    const moved = Float64Array.from(values[input] as ArrayLike<number>);
    moved[element] = (moved[element] as number) + by;
    const { shape } = inputs[input] as Tensor;
    return weigh(fn(...inputs.map((x, i) => (i === input ? wrap(moved, shape, 'float64') : x))));
  };
  const probes = chosen.flatMap((input) =>
    Array.from({ length: (inputs[input] as Tensor).size }, (_, element) => [
      shifted(input, element, epsilon),
      shifted(input, element, -epsilon),
    ]).flat(),
  );
  const read = async (tensors: readonly Tensor[]): Promise<readonly Float64Array[]> =>
    Promise.all((await evaluate(tensors)).map(async (storage) => Float64Array.from(await storage.host())));
  const [expected, differences] = await Promise.all([read(analytic), read(probes)]);

  let next = 0;
  return chosen.map((input, position) => {
    const numeric = new Float64Array((inputs[input] as Tensor).size);
    for (let i = 0; i < numeric.length; i++) {
      const above = differences[next++] as Float64Array;
      const below = differences[next++] as Float64Array;
      numeric[i] = ((above[0] as number) - (below[0] as number)) / (2 * epsilon);
    }
    const gradient = expected[position] as Float64Array;
    return { input, analytic: gradient, numeric, error: relativeError(gradient, numeric) };
  });
}

function relativeError(a: Float64Array, b: Float64Array): number {
  let scale = 1e-3;
  let distance = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
    scale = Math.max(scale, Math.abs(x), Math.abs(y));
    distance = Math.max(distance, Math.abs(x - y));
  }
  return distance / scale;
}
