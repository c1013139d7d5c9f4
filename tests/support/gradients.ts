import type fc from 'fast-check';
import {
  apply,
  type CheckOptions,
  cast,
  checkGradients,
  concat,
  fillNormal,
  gradients,
  type PrimitiveName,
  type PrimitiveParams,
  reshape,
  sizeOf,
  type Tensor,
  wrap,
} from 'mapache/tensor';
import { expect } from 'vitest';
import { type ArrayDraw, toTensor } from './arbitraries.js';

/** Largest relative error between a gradient and the differences of what it is the gradient of, first or second. */
export const gradientTolerance = 1e-6;

/** A function of `float64` tensors. */
export type TensorFunction = (...inputs: readonly Tensor[]) => Tensor;

/** An operation's params and inputs that it accepts. `float64` inputs are what it is differentiated by. */
export interface Draw<P> {
  readonly params: P;
  readonly inputs: readonly ArrayDraw[];
  /** Inputs to differentiate by. @defaultValue every `float64` input */
  readonly wrt?: readonly number[];
  /** Half the distance of a difference. @defaultValue that of `checkGradients` */
  readonly epsilon?: number;
}

/** How the gradient of one primitive is tried out. */
export type GradientCase<K extends PrimitiveName> = fc.Arbitrary<Draw<PrimitiveParams[K]>>;

/** A case for every primitive: forget one and this does not compile. */
export type PrimitiveCases = { readonly [K in PrimitiveName]: GradientCase<K> };

/** A composed operation, or a composition around it, at one point. */
export interface ComposedDraw {
  /** What `fn` was made with, for the message of a failure. */
  readonly settings?: unknown;
  readonly fn: TensorFunction;
  readonly inputs: readonly ArrayDraw[];
  readonly epsilon?: number;
}

/** What is checked: a function, the point to check it at, and the step of the differences. */
export interface GradientProblem {
  readonly fn: TensorFunction;
  readonly inputs: readonly Tensor[];
  readonly options: CheckOptions;
}

/** The function that a draw of primitive `name` describes, of the inputs it is differentiated by. */
export function primitiveProblem<K extends PrimitiveName>(name: K, draw: Draw<PrimitiveParams[K]>): GradientProblem {
  const tensors = draw.inputs.map(toTensor);
  const wrt = draw.wrt ?? tensors.flatMap(({ dtype }, i) => (dtype === 'float64' ? [i] : []));
  const fn: TensorFunction = (...inputs) =>
    cast(
      apply(
        name,
        tensors.map((given, i) => inputs[wrt.indexOf(i)] ?? given),
        draw.params,
      ),
      'float64',
    );
  const options = draw.epsilon === undefined ? {} : { epsilon: draw.epsilon };
  return { fn, inputs: wrt.map((i) => tensors[i] as Tensor), options };
}

/** The function that a draw of a composed operation describes. */
export function composedProblem({ fn, inputs, epsilon }: ComposedDraw): GradientProblem {
  return { fn, inputs: inputs.map(toTensor), options: epsilon === undefined ? {} : { epsilon } };
}

/**
 * The gradients of a problem as a problem of their own: a function of the same inputs and of the incoming gradient, so
 * that both halves of a second derivative are checked.
 */
export function gradientProblem({ fn, inputs, options }: GradientProblem): GradientProblem {
  const { shape } = fn(...inputs);
  const dy = new Float64Array(sizeOf(shape));
  fillNormal(dy, 11, 0, 0);
  return {
    fn: (...all) => {
      const point = all.slice(0, -1);
      const parts = gradients(fn(...point), point, { dy: all[point.length] as Tensor });
      return concat(parts.map((part) => reshape(part, [part.size])));
    },
    inputs: [...inputs, wrap(dy, shape, 'float64')],
    options,
  };
}

/** The largest error over all inputs of a problem. */
export async function gradientError({ fn, inputs, options }: GradientProblem): Promise<number> {
  const comparisons = await checkGradients(fn, inputs, options);
  return Math.max(...comparisons.map(({ error }) => error));
}

/**
 * Asserts that the gradients of `fn` with respect to each of `inputs` agree with central differences. Choose inputs away
 * from kinks: no difference can be right there.
 *
 * @param inputs `float64` tensors; call `setFloatx('float64')` first if `fn` makes variables.
 */
export async function expectGradient(
  fn: TensorFunction,
  inputs: readonly Tensor[],
  options: CheckOptions = {},
): Promise<void> {
  for (const { input, error, analytic, numeric } of await checkGradients(fn, inputs, options)) {
    expect(error, `input ${input}: analytic [${analytic}], numeric [${numeric}]`).toBeLessThan(gradientTolerance);
  }
}

/** Asserts the same of a problem. */
export async function expectProblem({ fn, inputs, options }: GradientProblem): Promise<void> {
  await expectGradient(fn, inputs, options);
}
