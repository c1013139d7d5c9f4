import { ArgumentError } from '../tensor/index.js';

/** Something for each output of a model: a list in the order of the outputs, or a record by their names. */
export type PerOutput<T> = readonly (T | null)[] | { readonly [outputName: string]: T | null };

/**
 * What belongs to each output, `null` where nothing was given.
 * @throws {ArgumentError} if a list is too long or too short, or a record names an output that does not exist.
 */
export function spread<T>(option: string, value: PerOutput<T>, outputNames: readonly string[]): readonly (T | null)[] {
  if (isList(value)) {
    if (value.length === outputNames.length) return value;
    throw new ArgumentError({
      operation: 'compile',
      expected: `${option} to have ${outputNames.length} entries, one for each output`,
      received: `${value.length} entries`,
      remedy: 'Use null for outputs that need none, or a record by output names.',
    });
  }
  const unknown = Object.keys(value).find((name) => !outputNames.includes(name));
  if (unknown === undefined) return outputNames.map((name) => value[name] ?? null);
  throw new ArgumentError({
    operation: 'compile',
    expected: `${option} to name outputs: ${outputNames.map((name) => `'${name}'`).join(', ')}`,
    received: `'${unknown}'`,
    remedy: 'An output is named after the layer that gives it.',
  });
}

function isList<T>(value: PerOutput<T>): value is readonly (T | null)[] {
  return Array.isArray(value);
}
