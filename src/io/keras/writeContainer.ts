import {
  findLayerClass,
  type NetworkConfig,
  type NodeConfig,
  type SequentialNetworkConfig,
  type TensorAddress,
} from '../../layers/index.js';
import type { Config } from '../../tensor/index.js';
import { argumentsOf } from './argumentsOf.js';
import { snakeCase } from './case.js';
import type { LayerDescription } from './layerRecord.js';
import { writeOptions } from './writeOptions.js';

type Write = (description: LayerDescription) => { readonly class_name: string; readonly config: unknown };

/**
 * The options of a model in the words of Keras 2, or `null` for any other layer.
 *
 * Applications are written as lists, and those of nested models counted from 1, as Keras 2 and its ports do: what
 * reads a `model.json` besides us understands nothing else.
 */
export function writeContainer(className: string, config: Config, write: Write): object | null {
  switch (findLayerClass(className)?.className) {
    case 'InputLayer':
      return writeInput(config.name, config.batchShape, config.dtype);
    case 'Functional':
      return writeNetwork(config as NetworkConfig, write);
    case 'Sequential':
      return writeSequential(config as SequentialNetworkConfig, write);
    default:
      return null;
  }
}

function writeInput(name: unknown, shape: unknown, dtype: unknown): object {
  return { batch_input_shape: shape, dtype, sparse: false, ragged: false, name };
}

function writeNetwork({ name, trainable, layers, inputs, outputs }: NetworkConfig, write: Write): object {
  const offsets = new Map(layers.map(({ className, config }) => [config.name, knowsInput(className, config) ? 1 : 0]));
  const address = ([layer, node, output]: TensorAddress): TensorAddress => [
    layer,
    node + (offsets.get(layer) ?? 0),
    output,
  ];
  return {
    name,
    trainable,
    layers: layers.map(({ className, config, nodes }) => ({
      name: config.name,
      ...write({ className, config }),
      inbound_nodes: nodes.filter((node) => node.inputs.length > 0).map((node) => writeCall(className, node, address)),
    })),
    input_layers: inputs.map(address),
    output_layers: outputs.map(address),
  };
}

/**
 * An application in Keras 2's way: the tensors of the first argument, each with all other arguments behind it. What has
 * none for its first argument, such as `2 - x`, can only be said in Keras 3's way.
 */
function writeCall(className: string, node: NodeConfig, address: (tensor: TensorAddress) => TensorAddress): unknown {
  const { names, given } = argumentsOf(className, node);
  const first = given.get(names[0] as string) ?? [];
  const named = [...given].filter(([name]) => name !== names[0]);
  const tensors = Object.fromEntries(named.map(([name, list]) => [snakeCase(name), single(list.map(address))]));
  const { training, options = {} } = node;
  const data = writeOptions(options);
  const others = { ...tensors, ...data, ...(training !== undefined && { training }) };
  if (first.length > 0) return first.map((tensor) => [...address(tensor), others]);
  return { args: [], kwargs: others };
}

function single<T>(list: readonly T[]): T | readonly T[] {
  return list.length === 1 ? (list[0] as T) : list;
}

function knowsInput(className: string, config: Config): boolean {
  const known = findLayerClass(className)?.className;
  return known === 'Functional' || (known === 'Sequential' && config.inputShape !== null);
}

function writeSequential(config: SequentialNetworkConfig, write: Write): object {
  const { name, trainable, inputShape, inputDType = 'float32', layers } = config;
  const taken = new Set(layers.map((layer) => layer.config.name));
  let inputName = `${name}_input`;
  while (taken.has(inputName)) inputName += '_';
  const start =
    inputShape === null ? [] : [{ class_name: 'InputLayer', config: writeInput(inputName, inputShape, inputDType) }];
  return { name, trainable, layers: [...start, ...layers.map(write)] };
}
