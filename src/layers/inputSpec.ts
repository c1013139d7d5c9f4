import { formatShape, ShapeError } from '../tensor/index.js';
import type { SymbolicShape } from './symbolicShape.js';

/** What a layer asks of one input. `axes` maps an axis (negative ones count from the end) to its size. */
export interface InputSpec {
  readonly rank?: number;
  readonly minRank?: number;
  readonly axes?: Readonly<Record<number, number>>;
}

/** The part of a layer that the check speaks of. */
interface Asking {
  readonly className: string;
  readonly name: string;
  readonly built: boolean;
  readonly inputSpec: readonly InputSpec[];
}

/** @throws {ShapeError} unless inputs of these shapes are what the layer asks for. */
export function checkInputs({ className, name, built, inputSpec }: Asking, shapes: readonly SymbolicShape[]): void {
  const operation = `${className} '${name}'`;
  if (inputSpec.length > 0 && inputSpec.length !== shapes.length) {
    throw new ShapeError({
      operation,
      expected: inputSpec.length === 1 ? 'one input' : `${inputSpec.length} inputs`,
      received: shapes.length === 0 ? 'none' : `${shapes.length}`,
      remedy: 'Apply it to as many tensors as it takes.',
    });
  }
  for (const [i, spec] of inputSpec.entries()) {
    const shape = shapes[i] as SymbolicShape;
    const complaint = mismatch(spec, shape);
    if (complaint === null) continue;
    throw new ShapeError({
      operation,
      expected: complaint,
      received: `shape ${formatShape(shape)}`,
      remedy: built
        ? 'The layer was built for other inputs; apply it to what it was built for.'
        : 'Shapes are channels-last, batch first.',
    });
  }
}

/** What is expected of a shape and not the case, or `null`. */
function mismatch({ rank, minRank, axes = {} }: InputSpec, shape: SymbolicShape): string | null {
  if (rank !== undefined && shape.length !== rank) return `an input of rank ${rank}`;
  if (minRank !== undefined && shape.length < minRank) return `an input of rank ${minRank} or more`;
  for (const [key, size] of Object.entries(axes)) {
    const axis = Number(key);
    const actual = shape[axis < 0 ? axis + shape.length : axis];
    if (actual !== null && actual !== size) return `an input with size ${size} along axis ${axis}`;
  }
  return null;
}
