import { formatShape, invalidOption, type Shape, ShapeError } from '../../tensor/index.js';
import type { Layer, SymbolicShape } from '../layer.js';
import { checkCount } from '../options.js';

/** @throws {ArgumentError} unless it is a list of sizes, `null` for the input's own, or left out. */
export function checkNoiseShape(operation: string, value: SymbolicShape | null | undefined): SymbolicShape | null {
  const shape = value ?? null;
  if (shape === null) return null;
  if (!Array.isArray(shape)) throw invalidOption(operation, 'noiseShape', 'a list of sizes', shape);
  for (const size of shape as SymbolicShape) if (size !== null) checkCount(operation, 'noiseShape', size);
  return shape;
}

/** The shape of the mask for an input. @throws {ShapeError} if `noiseShape` does not broadcast to the input. */
export function maskShape({ className, name }: Layer, noiseShape: SymbolicShape | null, shape: Shape): Shape {
  if (noiseShape === null) return shape;
  const mask = noiseShape.map((size, axis) => size ?? shape[axis] ?? 1);
  if (mask.length === shape.length && mask.every((size, axis) => size === 1 || size === shape[axis])) return mask;
  throw new ShapeError({
    operation: `${className} '${name}'`,
    expected: `an input that the mask ${formatShape(noiseShape)} broadcasts to`,
    received: formatShape(shape),
    remedy: 'Give the mask the sizes of the input, 1 or null.',
  });
}
