import fc from 'fast-check';
import { type DType, type Shape, sizeOf, type Tensor, tensor } from 'mapache/tensor';

/** A tensor as plain data, which fast-check can print and shrink. */
export interface ArrayDraw {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly values: readonly number[];
}

/** The tensor that a draw describes. */
export function toTensor({ shape, dtype, values }: ArrayDraw): Tensor {
  return tensor(values, { shape, dtype });
}

/** Ranks and sizes of drawn shapes. */
export interface ShapeOptions {
  /** @defaultValue `0` */
  readonly minRank?: number;
  /** @defaultValue `3` */
  readonly maxRank?: number;
  /** Largest size of a dimension. @defaultValue `3` */
  readonly extent?: number;
  /** Smallest size of a dimension. @defaultValue `1` */
  readonly minExtent?: number;
}

export function shapes({
  minRank = 0,
  maxRank = 3,
  extent = 3,
  minExtent = 1,
}: ShapeOptions = {}): fc.Arbitrary<Shape> {
  return fc.array(fc.integer({ min: minExtent, max: extent }), { minLength: minRank, maxLength: maxRank });
}

/** Shapes that broadcast to `target`: leading axes left out, others shrunk to 1. */
export function broadcastable(target: Shape): fc.Arbitrary<Shape> {
  const kept = fc.tuple(
    fc.integer({ min: 0, max: target.length }),
    fc.array(fc.boolean(), { minLength: target.length, maxLength: target.length }),
  );
  return kept.map(([dropped, ones]) => target.map((size, axis) => (ones[axis] ? 1 : size)).slice(dropped));
}

/** `count` shapes that broadcast with each other. */
export function broadcastableShapes(count: number, options: ShapeOptions = {}): fc.Arbitrary<readonly Shape[]> {
  return shapes(options).chain((target) => fc.tuple(...Array.from({ length: count }, () => broadcastable(target))));
}

/** Permutations of `0 … size - 1`. */
export function permutations(size: number): fc.Arbitrary<number[]> {
  const numbers = Array.from({ length: size }, (_, i) => i);
  return fc.shuffledSubarray(numbers, { minLength: size, maxLength: size });
}

/** Any subset of the axes of a tensor of rank `rank`, in order. */
export function someAxes(rank: number): fc.Arbitrary<number[]> {
  return fc.subarray(Array.from({ length: rank }, (_, axis) => axis));
}

/**
 * `size` numbers of both signs in random order, away from each other and from every multiple of `gap`: two of them are
 * at least `0.6 gap` apart, and each is at least `0.3 gap` from the next multiple. Kinks at 0, at ties or at multiples
 * of `gap` are thus out of reach of a difference quotient.
 *
 * @param gap by default so small that the numbers stay in `[-4, 4]`.
 */
export function separated(size: number, gap = Math.min(1 / 4, 4 / Math.max(size, 1))): fc.Arbitrary<number[]> {
  const tenths = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: size, maxLength: size });
  return fc
    .tuple(fc.integer({ min: 0, max: size }), permutations(size), tenths)
    .map(([below, order, jitter]) => order.map((place, i) => gap * (place - below + 0.5 + (jitter[i] as number) / 10)));
}

/** How the numbers of an operand come from separated ones. @defaultValue as they are */
export type Domain = (value: number) => number;

/** Numbers above `least`. */
export const above =
  (least: number): Domain =>
  (value) =>
    least + Math.abs(value);

/** Numbers of both signs at least `distance` from 0. */
export const awayFromZero =
  (distance: number): Domain =>
  (value) =>
    value + Math.sign(value) * distance;

/** Numbers inside `(-bound, bound)`, in the same order. */
export const within =
  (bound: number): Domain =>
  (value) =>
    bound * Math.tanh(value);

/** Options of `arrays`. */
export interface ArraysOptions {
  /** Passed to `separated`. */
  readonly gap?: number;
  /** One for each array; a missing one changes nothing. */
  readonly domains?: readonly (Domain | undefined)[];
}

/** `float64` arrays of these shapes; all numbers of all of them are separated from each other. */
export function arrays(arrayShapes: readonly Shape[], options: ArraysOptions = {}): fc.Arbitrary<readonly ArrayDraw[]> {
  const sizes = arrayShapes.map(sizeOf);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return separated(total, options.gap).map((numbers) => {
    let next = 0;
    return arrayShapes.map((shape, i): ArrayDraw => {
      const domain = options.domains?.[i] ?? ((value: number) => value);
      const values = numbers.slice(next, next + (sizes[i] as number)).map(domain);
      next += values.length;
      return { shape, dtype: 'float64', values };
    });
  });
}

/** An array of integers from `min` to `max`. */
export function integerArray(
  shape: Shape,
  { min, max, dtype = 'int32' }: { readonly min: number; readonly max: number; readonly dtype?: DType },
): fc.Arbitrary<ArrayDraw> {
  const size = sizeOf(shape);
  return fc
    .array(fc.integer({ min, max }), { minLength: size, maxLength: size })
    .map((values) => ({ shape, dtype, values }));
}

/** An array of truth values. */
export function boolArray(shape: Shape): fc.Arbitrary<ArrayDraw> {
  return integerArray(shape, { min: 0, max: 1, dtype: 'bool' });
}
