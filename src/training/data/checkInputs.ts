import { ArgumentError, formatShape, type Shape, ShapeError } from '../../tensor/index.js';
import type { Trainable } from '../trainable.js';

/**
 * Checks inputs of a model, batch first.
 * @throws {ArgumentError} if there are more or fewer than the model takes.
 * @throws {ShapeError} if one has a shape that the model does not take.
 */
export function checkInputs(operation: string, model: Trainable, shapes: readonly Shape[]): void {
  const { inputShapes } = model;
  checkCount(operation, 'x', 'input', inputShapes.length, shapes.length, model);
  inputShapes.forEach((expected, i) => {
    const shape = shapes[i] as Shape;
    const fits = shape.length === expected.length && shape.every((size, axis) => fitsAxis(size, expected[axis]));
    if (fits) return;
    throw new ShapeError({
      operation,
      expected: `${nameOf('x', i, inputShapes.length)} of shape ${formatShape(expected)} for model '${model.name}'`,
      received: formatShape(shape),
      remedy: 'The first axis counts samples; a single sample needs one of size 1.',
    });
  });
}

/** @throws {ArgumentError} unless there is one target for each output. */
export function checkTargetCount(operation: string, model: Trainable, count: number): void {
  checkCount(operation, 'y', 'output', model.outputShapes.length, count, model);
}

/** How an array is called in messages: by its number only where there are several. */
export function nameOf(name: string, position: number, count: number): string {
  return count === 1 ? name : `${name}[${position}]`;
}

function fitsAxis(size: number, expected: number | null | undefined): boolean {
  return expected === null || expected === size;
}

function checkCount(
  operation: string,
  name: 'x' | 'y',
  side: 'input' | 'output',
  expected: number,
  received: number,
  model: Trainable,
): void {
  if (expected === received) return;
  throw new ArgumentError({
    operation,
    expected: `${expected} ${expected === 1 ? 'array' : 'arrays'} in ${name}, one for each ${side} of model '${model.name}'`,
    received: String(received),
    remedy: `Give a list, in the order of the model's ${side}s.`,
  });
}
