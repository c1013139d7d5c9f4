import { ArgumentError, type Config, formatValue } from '../tensor/index.js';
import type { Call } from './call.js';

/** What a class of layers says of its arguments. */
interface CallSignature {
  readonly callArguments: readonly string[];
  readonly callOptions: readonly string[];
}

/** What an application is given, sorted. `T` is whatever stands for a tensor. */
export interface Arguments<T> {
  /** All inputs but masks. */
  readonly inputs: readonly T[];
  /** To which argument each of them belongs. */
  readonly inputNames: readonly string[];
  /** The masks that the layer is to heed, one for each input. */
  readonly masks: readonly (T | null)[];
  /** The inputs that belong to the first argument. */
  readonly first: readonly T[];
  /** The masks of the first argument, which are passed on. */
  readonly firstMasks: readonly (T | null)[];
  readonly options: Config;
}

/**
 * Tells inputs from masks, and finds the mask of each input. As Keras does: a layer with tensors for one argument heeds
 * the masks that come with them; one with several arguments only those for which it has an argument such as `queryMask`.
 * A mask that is given as an argument comes first.
 * @throws {ArgumentError} for names and options that the layer does not know.
 */
export function sortArguments<T>(
  operation: string,
  { callArguments, callOptions }: CallSignature,
  given: readonly T[],
  carried: readonly (T | null)[],
  call: Call,
): Arguments<T> {
  const names = call.inputNames ?? positionalArguments(callArguments, given.length);
  checkNames(operation, callArguments, names, given.length);
  const masksFor = (argument: string): readonly T[] => given.filter((_, i) => names[i] === maskName(argument));
  const indices = given.flatMap((_, i) => (isMask(names[i] as string, callArguments) ? [] : [i]));
  const inputNames = indices.map((i) => names[i] as string);
  const single = new Set(inputNames).size <= 1;
  const first = callArguments[0] as string;
  const plainMasks = given.filter((_, i) => names[i] === 'mask');

  const seen = new Map<string, number>();
  const masks = indices.map((i) => {
    const name = names[i] as string;
    const position = seen.get(name) ?? 0;
    seen.set(name, position + 1);
    const explicit = masksFor(name)[position] ?? (name === first ? plainMasks[position] : undefined);
    const heeded = single || callArguments.includes(maskName(name));
    return explicit ?? (heeded ? (carried[i] ?? null) : null);
  });
  const ofFirst = indices.filter((i) => names[i] === first);
  return {
    inputs: indices.map((i) => given[i] as T),
    inputNames,
    masks,
    first: ofFirst.map((i) => given[i] as T),
    firstMasks: plainMasks.length > 0 ? plainMasks : ofFirst.map((i) => carried[i] ?? null),
    options: knownOptions(operation, callOptions, call.options ?? {}),
  };
}

/**
 * How many of the names, from the first on, are those of arguments in their order, so that what they name can be given by
 * position. Masks never are.
 */
export function leadingArguments(callArguments: readonly string[], names: readonly string[]): number {
  const places = callArguments.filter((name) => !isMask(name, callArguments));
  let place = 0;
  const end = names.findIndex((name, i) => {
    if (i > 0 && name === places[place + 1]) place++;
    return name !== places[place];
  });
  return end === -1 ? names.length : end;
}

/**
 * Inputs in the order in which Keras finds them, which decides on the order of layers and so of weights in files: those
 * that can be given by position, then the others in the order of their names.
 */
export function inCallOrder<T>(
  callArguments: readonly string[],
  inputs: readonly T[],
  names: readonly string[] = positionalArguments(callArguments, inputs.length),
): readonly { readonly name: string; readonly input: T }[] {
  const count = leadingArguments(callArguments, names);
  const all = names.map((name, i) => ({ name, input: inputs[i] as T }));
  const named = all.slice(count).sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
  return [...all.slice(0, count), ...named];
}

/** The first input belongs to the first argument and so on; those left over belong to the last that is no mask. */
export function positionalArguments(callArguments: readonly string[], count: number): readonly string[] {
  const places = callArguments.filter((name) => !isMask(name, callArguments));
  return Array.from({ length: count }, (_, i) => places[Math.min(i, places.length - 1)] as string);
}

function maskName(argument: string): string {
  return `${argument}Mask`;
}

function isMask(name: string, callArguments: readonly string[]): boolean {
  return name === 'mask' || callArguments.some((argument) => maskName(argument) === name);
}

function checkNames(
  operation: string,
  callArguments: readonly string[],
  names: readonly string[],
  count: number,
): void {
  const unknown = names.find((name) => !callArguments.includes(name));
  if (unknown === undefined && names.length === count) return;
  throw new ArgumentError({
    operation,
    expected: `inputs for ${callArguments.join(', ')}`,
    received: unknown === undefined ? `${names.length} names for ${count} inputs` : formatValue(unknown),
    remedy: 'Give inputNames with the argument of each input.',
  });
}

/** What says no more than leaving it out would (`null`, `false`) may be there for options that are not known. */
function knownOptions(operation: string, callOptions: readonly string[], options: Config): Config {
  const given = Object.entries(options);
  const unknown = given.find(
    ([name, value]) => !callOptions.includes(name) && value !== null && value !== undefined && value !== false,
  );
  if (unknown === undefined) return Object.fromEntries(given.filter(([name]) => callOptions.includes(name)));
  throw new ArgumentError({
    operation,
    expected: callOptions.length === 0 ? 'no options' : `options among ${callOptions.join(', ')}`,
    received: `${unknown[0]}: ${formatValue(unknown[1])}`,
    remedy: 'Replace the layer by a class of your own that holds this as an option.',
  });
}
