import { ArgumentError, formatValue } from './errors.js';

// Options come from programs and from files: each is checked once, where it is read.

/** The error for an option that is not what it should be. */
export function invalidOption(
  operation: string,
  option: string,
  expected: string,
  received: unknown,
  remedy = 'Options have the names and ranges of Keras, in camelCase; most have a default.',
): ArgumentError {
  return new ArgumentError({
    operation,
    expected: `${option} to be ${expected}`,
    received: formatValue(received),
    remedy,
  });
}

/** Which numbers an option may take. */
export interface NumberRange {
  /** Smallest value allowed. @defaultValue `-Infinity` */
  readonly min?: number;
  /** Largest value allowed. @defaultValue `Infinity` */
  readonly max?: number;
  /** Numbers must be larger than this. @defaultValue `-Infinity` */
  readonly above?: number;
  /** Numbers must be smaller than this. @defaultValue `Infinity` */
  readonly below?: number;
  /** @defaultValue `false` */
  readonly integer?: boolean;
}

/** `value` as a number of `range`. @throws {ArgumentError} if it is none. */
export function checkNumberOption(operation: string, option: string, value: unknown, range: NumberRange = {}): number {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity, integer = false } = range;
  if (typeof value === 'number' && Number.isFinite(value) && (!integer || Number.isInteger(value))) {
    if (value >= min && value <= max && value > above && value < below) return value;
  }
  throw invalidOption(operation, option, `${integer ? 'an integer' : 'a finite number'}${boundsOf(range)}`, value);
}

function boundsOf({ min, max, above, below }: NumberRange): string {
  if (min !== undefined && max !== undefined) return ` in [${min}, ${max}]`;
  return [
    ...(min === undefined ? [] : [`, at least ${min}`]),
    ...(above === undefined ? [] : [`, above ${above}`]),
    ...(max === undefined ? [] : [`, at most ${max}`]),
    ...(below === undefined ? [] : [`, below ${below}`]),
  ].join('');
}

/** `value` as a boolean. @throws {ArgumentError} if it is none. */
export function checkBooleanOption(operation: string, option: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw invalidOption(operation, option, 'true or false', value);
}

/** `value` as one of `choices`. @throws {ArgumentError} if it is none of them. */
export function checkChoiceOption<T extends string>(
  operation: string,
  option: string,
  value: unknown,
  choices: readonly T[],
): T {
  const choice = choices.find((word) => word === value);
  if (choice !== undefined) return choice;
  throw invalidOption(operation, option, choices.map((word) => `'${word}'`).join(' or '), value);
}
