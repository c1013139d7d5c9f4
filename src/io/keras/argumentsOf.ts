import { findLayerClass, Layer, type NodeConfig, type TensorAddress } from '../../layers/index.js';

/** The inputs of an application, sorted by argument. */
export interface CallArguments {
  /** Names of the arguments by position. */
  readonly names: readonly string[];
  /** Those of the first argument. */
  readonly first: readonly TensorAddress[];
  /** Those of the others. */
  readonly named: ReadonlyMap<string, readonly TensorAddress[]>;
}

/** To which arguments of a class the inputs of one of its applications belong. */
export function argumentsOf(className: string, { inputs, inputNames }: NodeConfig): CallArguments {
  const names = findLayerClass(className)?.callArguments ?? Layer.callArguments;
  const places = names.filter((name) => !isMask(name));
  const first: TensorAddress[] = [];
  const named = new Map<string, TensorAddress[]>();
  for (const [i, input] of inputs.entries()) {
    const name = inputNames?.[i] ?? (places[Math.min(i, places.length - 1)] as string);
    const same = name === places[0] ? first : named.get(name);
    if (same === undefined) named.set(name, [input]);
    else same.push(input);
  }
  return { names, first, named };
}

/** Whether an argument takes a mask, which no input does by its position. */
export function isMask(argument: string): boolean {
  return /(^m|M)ask$/.test(argument);
}
