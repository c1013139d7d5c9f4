import { AxisError, formatValue, ShapeError, ShapeMismatchError } from './errors.js';

/** Sizes of a tensor's dimensions, outermost first. A scalar's shape is `[]`. */
export type Shape = readonly number[];

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const dimension of shape) size *= dimension;
  return size;
}

/** Elements to skip for one step along each dimension of a dense row-major array. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** The largest number of elements one tensor may have; byte offsets stay exact in 32 bits for every dtype. */
export const maxTensorSize = 2 ** 29;

/**
 * @throws {ShapeError} unless every size is a non-negative integer and the product is at most `maxTensorSize`.
 */
export function checkShape(operation: string, shape: Shape): Shape {
  if (!shape.every((size) => Number.isInteger(size) && size >= 0) || sizeOf(shape) > maxTensorSize) {
    throw new ShapeError({
      operation,
      expected: `a shape of non-negative integers with at most ${maxTensorSize} elements`,
      received: formatValue([...shape]),
      remedy: 'Give every dimension a size.',
    });
  }
  return shape;
}

/** `axis` counted from the front. @throws {AxisError} if it is outside `[-rank, rank)`. */
export function checkAxis(operation: string, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) throw new AxisError(operation, axis, rank);
  return axis < 0 ? axis + rank : axis;
}

/** Sorted, distinct axes counted from the front; all of them when none are given. @throws {AxisError} */
export function checkAxes(
  operation: string,
  axes: number | readonly number[] | null | undefined,
  rank: number,
): number[] {
  if (axes === null || axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === 'number' ? [axes] : axes;
  return [...new Set(list.map((axis) => checkAxis(operation, axis, rank)))].sort((a, b) => a - b);
}

/**
 * The common shape of two operands under NumPy's rule: align at the last axis; sizes agree or one of them is 1.
 * @throws {ShapeMismatchError}
 */
export function broadcastShapes(operation: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const left = a[a.length - i] ?? 1;
    const right = b[b.length - i] ?? 1;
    if (left !== right && left !== 1 && right !== 1) throw new ShapeMismatchError(operation, a, b);
    result[rank - i] = left === 1 ? right : left;
  }
  return result;
}

/** Shape left after reducing `axes` (which must be checked already). */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  return keepDims
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis));
}
