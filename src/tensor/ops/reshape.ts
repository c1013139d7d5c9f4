import { formatShape, ShapeError } from '../errors.js';
import { type Shape, sameShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';

export const reshapePrimitive = definePrimitive('reshape', {
  infer: ([x], { shape }) => ({ shape, dtype: (x as Tensor).dtype }),
  gradient: ({ dy, inputs }) => [apply('reshape', [dy], { shape: (inputs[0] as Tensor).shape })],
  flops: noFlops,
  alias: true,
});

/** `shape` with its one `-1` filled in. @throws {ShapeError} if the sizes do not agree. */
export function resolveShape(operation: string, size: number, shape: Shape): Shape {
  const known = sizeOf(shape.filter((dimension) => dimension !== -1));
  const resolved = shape.map((dimension) => (dimension === -1 ? size / known : dimension));
  const unknowns = shape.length - shape.filter((dimension) => dimension !== -1).length;
  if (unknowns > 1 || sizeOf(resolved) !== size || !resolved.every(Number.isInteger)) {
    throw new ShapeError({
      operation,
      expected: `a shape of ${size} elements with at most one -1`,
      received: formatShape(shape),
      remedy: 'Reshaping moves no element and drops none.',
    });
  }
  return resolved;
}

/** The same numbers in the same order under another shape; one size may be `-1`. @throws {ShapeError} */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const resolved = resolveShape('reshape', x.size, shape);
  return sameShape(resolved, x.shape) ? x : apply('reshape', [x], { shape: resolved });
}
