import { ArgumentError, formatValue } from '../tensor/index.js';

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

/** `value` as a number of `range`. @throws {ArgumentError} if it is none; options may come from a file. */
export function checkNumberOption(operation: string, option: string, value: unknown, range: NumberRange = {}): number {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity, integer = false } = range;
  if (typeof value === 'number' && Number.isFinite(value) && (!integer || Number.isInteger(value))) {
    if (value >= min && value <= max && value > above && value < below) return value;
  }
  const bounds = [
    ...(min > -Infinity ? [`at least ${min}`] : []),
    ...(above > -Infinity ? [`above ${above}`] : []),
    ...(max < Infinity ? [`at most ${max}`] : []),
    ...(below < Infinity ? [`below ${below}`] : []),
  ];
  throw new ArgumentError({
    operation,
    expected: [`${option} to be a finite ${integer ? 'integer' : 'number'}`, ...bounds].join(', '),
    received: formatValue(value),
    remedy: 'Leave the option out for its default.',
  });
}

/** `value` as a boolean. @throws {ArgumentError} if it is none. */
export function checkBooleanOption(operation: string, option: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ArgumentError({
    operation,
    expected: `${option} to be true or false`,
    received: formatValue(value),
    remedy: 'Leave the option out for its default.',
  });
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
  throw new ArgumentError({
    operation,
    expected: `${option} to be one of ${choices.join(', ')}`,
    received: formatValue(value),
    remedy: 'Leave the option out for its default.',
  });
}
