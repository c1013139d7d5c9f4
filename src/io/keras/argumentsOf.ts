import { findLayerClass, inCallOrder, Layer, type NodeConfig, type TensorAddress } from '../../layers/index.js';

/** The inputs of an application, sorted by argument. */
export interface CallArguments {
  /** Names of the arguments by position. */
  readonly names: readonly string[];
  /** The inputs of each argument that has some, in the order in which Keras finds them. */
  readonly given: ReadonlyMap<string, readonly TensorAddress[]>;
}

/** To which arguments of a class the inputs of one of its applications belong. */
export function argumentsOf(className: string, { inputs, inputNames }: NodeConfig): CallArguments {
  const names = findLayerClass(className)?.callArguments ?? Layer.callArguments;
  const given = new Map<string, TensorAddress[]>();
  for (const { name, input } of inCallOrder(names, inputs, inputNames)) {
    const same = given.get(name);
    if (same === undefined) given.set(name, [input]);
    else same.push(input);
  }
  return { names, given };
}
