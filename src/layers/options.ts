import { ArgumentError, formatValue, type Size2d } from '../tensor/index.js';

// Options come from programs and from files: each is checked once, where a layer reads it. `null` means the default.

export function invalidOption(
  operation: string,
  name: string,
  expected: string,
  received: unknown,
  remedy?: string,
): ArgumentError {
  return new ArgumentError({
    operation,
    expected: `${name} to be ${expected}`,
    received: formatValue(received),
    remedy: remedy ?? 'Options have the names of Keras, in camelCase.',
  });
}

/** A positive integer. @throws {ArgumentError} */
export function checkCount(operation: string, name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw invalidOption(operation, name, 'a positive integer', value);
}

/** An integer, as axes are. @throws {ArgumentError} */
export function checkInteger(operation: string, name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw invalidOption(operation, name, 'an integer', value);
}

/** A finite number in `[low, high]`. @throws {ArgumentError} */
export function checkNumber(
  operation: string,
  name: string,
  value: unknown,
  low = Number.NEGATIVE_INFINITY,
  high = Number.POSITIVE_INFINITY,
): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high) return value;
  const range =
    low === Number.NEGATIVE_INFINITY
      ? ''
      : high === Number.POSITIVE_INFINITY
        ? `, at least ${low}`
        : ` in [${low}, ${high}]`;
  throw invalidOption(operation, name, `a number${range}`, value);
}

/** `true` or `false`. @throws {ArgumentError} */
export function checkFlag(operation: string, name: string, value: unknown, fallback: boolean): boolean {
  const flag = value ?? fallback;
  if (typeof flag === 'boolean') return flag;
  throw invalidOption(operation, name, 'true or false', value);
}

/** One of some words. @throws {ArgumentError} */
export function checkChoice<T extends string>(
  operation: string,
  name: string,
  value: unknown,
  choices: readonly T[],
): T {
  const choice = choices.find((word) => word === value);
  if (choice !== undefined) return choice;
  throw invalidOption(operation, name, choices.map((word) => `'${word}'`).join(' or '), value);
}

/** A size for rows and columns, or one for each. @throws {ArgumentError} */
export function checkPair(operation: string, name: string, value: unknown): Size2d {
  const [rows, columns, ...more] = Array.isArray(value) ? (value as readonly unknown[]) : [value, value];
  const isSize = (size: unknown): size is number => typeof size === 'number' && Number.isInteger(size) && size > 0;
  if (isSize(rows) && isSize(columns) && more.length === 0) return [rows, columns];
  throw invalidOption(operation, name, 'a positive integer or two of them', value, 'Rows come first, then columns.');
}

/** A list of integers; one alone is a list of one. @throws {ArgumentError} */
export function checkIntegers(operation: string, name: string, value: unknown): readonly number[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return list.map((item) => checkInteger(operation, name, item));
}

/** An integer, or `null` for none. @throws {ArgumentError} */
export function checkSeed(operation: string, value: unknown): number | null {
  return value === undefined || value === null ? null : checkInteger(operation, 'seed', value);
}

/** Where the channels of a picture are. */
export type DataFormat = 'channels_last' | 'channels_first';

/** @throws {ArgumentError} unless channels come last, as they do everywhere in this library. */
export function checkChannelsLast(operation: string, value: unknown): 'channels_last' {
  const format = value ?? 'channels_last';
  if (format === 'channels_last') return format;
  throw invalidOption(
    operation,
    'dataFormat',
    "'channels_last'",
    value,
    'Save the model with channels last, or permute its input.',
  );
}
