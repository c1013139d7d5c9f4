import { checkChoiceOption, checkNumberOption, invalidOption, type Size2d } from '../tensor/index.js';

// What options of layers have in common besides numbers, booleans and choices. Each is checked once, where a layer reads it.

/** A positive integer. @throws {ArgumentError} */
export function checkCount(operation: string, name: string, value: unknown): number {
  return checkNumberOption(operation, name, value, { min: 1, integer: true });
}

/** An integer, as axes are. @throws {ArgumentError} */
export function checkInteger(operation: string, name: string, value: unknown): number {
  return checkNumberOption(operation, name, value, { integer: true });
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

/** Where the channels are: `[batch, ...space, channels]` or `[batch, channels, ...space]`. */
export type DataFormat = 'channels_last' | 'channels_first';

/** @throws {ArgumentError} unless it is one of the two formats, or left out. */
export function checkDataFormat(operation: string, value: unknown): DataFormat {
  return checkChoiceOption(operation, 'dataFormat', value ?? 'channels_last', ['channels_last', 'channels_first']);
}

/** Number of axes of space: sequences have one, pictures two, volumes three. */
export type SpaceRank = 1 | 2 | 3;

/**
 * A size for every axis of space, or one for each.
 * @throws {ArgumentError} unless they are integers of at least `least`.
 */
export function checkSizes(
  operation: string,
  name: string,
  value: unknown,
  axes: SpaceRank,
  least: 0 | 1 = 1,
): readonly number[] {
  const sizes = Array.isArray(value) ? (value as readonly unknown[]) : new Array<unknown>(axes).fill(value);
  const isSize = (size: unknown): size is number => Number.isInteger(size) && (size as number) >= least;
  if (sizes.length === axes && sizes.every(isSize)) return sizes;
  const one = least === 1 ? 'a positive integer' : 'an integer of at least 0';
  const several = axes === 1 ? 'a list of one' : `${axes} of them`;
  throw invalidOption(operation, name, `${one} or ${several}`, value, 'They stand in the order of the axes.');
}
