import type { DType } from '../dtype.js';
import { ArgumentError } from '../errors.js';
import { checkShape, type Shape } from '../shape.js';
import { Tensor } from '../tensor.js';
import type { PrimitiveName, PrimitiveParams } from './primitives.js';

/** Shape and dtype of a result. */
export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** What a gradient rule may look at. */
export interface GradientContext<K extends PrimitiveName> {
  /** Gradient of the loss with respect to `output`. */
  readonly dy: Tensor;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly params: PrimitiveParams[K];
}

/**
 * Gradients of the loss with respect to each input, `null` where there is none. A rule may build more than is needed:
 * what nobody reads never becomes part of a plan.
 */
export type GradientRule<K extends PrimitiveName> = (context: GradientContext<K>) => readonly (Tensor | null)[];

/** An operation every backend knows. Everything else is composed from these. */
export interface Primitive<K extends PrimitiveName = PrimitiveName> {
  readonly name: K;
  /** Shape and dtype of the result. Throws a typed error for inputs it cannot take. */
  readonly infer: (inputs: readonly Tensor[], params: PrimitiveParams[K]) => TensorSpec;
  /** `'none'`: the result does not vary smoothly with any input (comparisons, argMax, random numbers). */
  readonly gradient: GradientRule<K> | 'none';
  /** Floating point operations; a multiply-add counts as two. */
  readonly flops: (inputs: readonly Tensor[], output: Tensor, params: PrimitiveParams[K]) => number;
  /** The result has the numbers of its first input, in the same order: a plan lets both share memory. */
  readonly alias?: true;
}

type Registry = { [K in PrimitiveName]?: Primitive<K> };

const registered: Registry = {};

/** Defines a primitive and makes it known to `apply`. */
export function definePrimitive<const K extends PrimitiveName>(
  name: K,
  rules: Omit<Primitive<K>, 'name'>,
): Primitive<K> {
  const primitive: Primitive<K> = { name, ...rules };
  registered[name] = primitive as Registry[K];
  return primitive;
}

/** Builds one node of a graph. Gradient rules call this by name, which keeps op files free of import cycles. */
export function apply<K extends PrimitiveName>(name: K, inputs: readonly Tensor[], params: PrimitiveParams[K]): Tensor {
  const primitive: Registry[K] = registered[name];
  if (primitive === undefined) {
    throw new ArgumentError({
      operation: 'apply',
      expected: 'the name of a primitive',
      received: name,
      remedy: 'Define it and list it in ops/table.ts.',
    });
  }
  const spec = primitive.infer(inputs, params);
  return new Tensor(name, inputs, params, checkShape(name, spec.shape), spec.dtype);
}

/** One operation per element of the result. */
export function elementwiseFlops(_inputs: readonly Tensor[], output: Tensor): number {
  return output.size;
}

/** The result only moves numbers. */
export function noFlops(): number {
  return 0;
}
