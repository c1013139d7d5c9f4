/** What every error of the library says: who refused, what was expected, what came, and what to do about it. */
export interface ErrorDetails {
  readonly operation: string;
  readonly expected: string;
  readonly received: string;
  readonly remedy: string;
}

/** The base class: `message` is always `operation: expected …, received …. remedy`. */
export class MapacheError extends Error implements ErrorDetails {
  readonly operation: string;
  readonly expected: string;
  readonly received: string;
  readonly remedy: string;

  constructor(details: ErrorDetails, options?: ErrorOptions) {
    super(
      `${details.operation}: expected ${details.expected}, received ${details.received}. ${details.remedy}`,
      options,
    );
    this.name = new.target.name;
    this.operation = details.operation;
    this.expected = details.expected;
    this.received = details.received;
    this.remedy = details.remedy;
  }
}

/** An argument outside its domain: a wrong type, range, name or combination. */
export class ArgumentError extends MapacheError {}

/** A shape that an operation cannot use. */
export class ShapeError extends MapacheError {}

/** Two shapes that do not go together. */
export class ShapeMismatchError extends ShapeError {
  constructor(
    operation: string,
    readonly left: readonly number[],
    readonly right: readonly number[],
    remedy = 'Reshape or broadcast one of them.',
  ) {
    super({
      operation,
      expected: `a shape compatible with ${formatShape(left)}`,
      received: formatShape(right),
      remedy,
    });
  }
}

/** An axis outside `[-rank, rank)`. */
export class AxisError extends MapacheError {
  constructor(
    operation: string,
    readonly axis: number,
    readonly rank: number,
  ) {
    super({
      operation,
      expected: `an integer axis in [${-rank}, ${rank})`,
      received: String(axis),
      remedy: 'Negative axes count from the end.',
    });
  }
}

/** A tensor of the wrong kind of number. */
export class DTypeError extends MapacheError {
  constructor(operation: string, expected: string, received: string) {
    super({ operation, expected, received, remedy: 'Convert it with cast(x, dtype).' });
  }
}

/** A value was read, or a graph used, where tracing does not allow it. */
export class TraceError extends MapacheError {}

/** A backend cannot run a plan; thrown when the plan is prepared, never in the middle of a run. */
export class BackendError extends MapacheError {}

/** Numbers that only a device held, which has lost them: a worker that kept them died, or a driver was reset. */
export class DataLostError extends MapacheError {
  constructor(operation: string) {
    super({
      operation,
      expected: 'numbers that are still there',
      received: 'some that only the device held, which has lost them',
      remedy: 'Compute them again; load weights again from where they were saved.',
    });
  }
}

/** A shape as people write it: `[2, ?, 3]`; `null` is a dimension that is not known yet. */
export function formatShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((size) => size ?? '?').join(', ')}]`;
}

/** Any value, short enough to stand in a message. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number' || item === null)) {
    return value.length <= 16 ? formatShape(value) : `an array of ${value.length} numbers`;
  }
  if (typeof value === 'object' && value !== null) {
    // The prototype's: an object of a file may have a field called constructor.
    return `an object of class ${Object.getPrototypeOf(value)?.constructor?.name ?? 'null'}`;
  }
  return String(value);
}
