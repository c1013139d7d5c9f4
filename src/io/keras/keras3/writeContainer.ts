import {
  Functional,
  findLayerClass,
  InputLayer,
  type Layer,
  leadingArguments,
  type NetworkConfig,
  type NodeConfig,
  operationPrefix,
  type Sequential,
  type SequentialNetworkConfig,
  type TensorAddress,
} from '../../../layers/index.js';
import type { Config } from '../../../tensor/index.js';
import { argumentsOf } from '../argumentsOf.js';
import { snakeCase } from '../case.js';
import { writeOptions } from '../writeOptions.js';

type Write = (layer: Layer) => Config;
type WriteTensor = (address: TensorAddress) => Config;

/** A functional model as Keras 3 describes it. */
export function writeFunctional(model: Functional, write: Write): Config {
  const { name, trainable, layers, inputs, outputs } = model.getConfig() as NetworkConfig;
  const find = model.tensorAt;
  const writeTensor: WriteTensor = (address) => {
    const { shape, dtype } = find(address) as NonNullable<ReturnType<typeof find>>;
    return { class_name: '__keras_tensor__', config: { shape, dtype, keras_history: address } };
  };
  const byName = new Map(model.layers.map((layer) => [layer.name, layer]));
  // Keras counts the making of a functional model as its application 0, but at the ends of a network only.
  const end = ([layer, node, output]: TensorAddress): TensorAddress => [
    layer,
    node + (byName.get(layer) instanceof Functional ? 1 : 0),
    output,
  ];
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    registered_name: 'Functional',
    config: {
      name,
      trainable,
      layers: layers.map(({ className, config, nodes }) => ({
        ...write(byName.get(config.name as string) as Layer),
        name: config.name,
        inbound_nodes: nodes
          .filter(({ inputs: given }) => given.length > 0)
          .map((node) => writeCall(className, node, writeTensor)),
      })),
      input_layers: single(inputs.map(end)),
      output_layers: single(outputs.map(end)),
    },
    build_config: { input_shape: null },
  };
}

/** A sequential model as Keras 3 describes it. */
export function writeSequential(model: Sequential, write: Write): Config {
  const { name, trainable, inputShape, inputDType } = model.getConfig() as SequentialNetworkConfig;
  const taken = new Set(model.layers.map((layer) => layer.name));
  let inputName = 'input_layer';
  while (taken.has(inputName)) inputName += '_0';
  const start =
    inputShape === null ? [] : [new InputLayer({ batchShape: inputShape, dtype: inputDType, name: inputName })];
  return {
    module: 'keras',
    class_name: 'Sequential',
    registered_name: null,
    config: {
      name,
      trainable,
      layers: [...start, ...model.layers].map(write),
      ...(inputShape !== null && { build_input_shape: inputShape }),
    },
    ...(inputShape !== null && { build_config: { input_shape: inputShape } }),
  };
}

/** An application: arguments of operations by position; of those of layers, the first, and what Keras has to find in order. */
function writeCall(className: string, node: NodeConfig, writeTensor: WriteTensor): Config {
  const { training, options = {} } = node;
  const { names, given } = argumentsOf(className, node);
  const data = writeOptions(options);
  const extra = training === undefined ? {} : { training };
  if (!className.startsWith(operationPrefix)) {
    const tensors = [...given].map(
      ([name, list]) => [snakeCase(name), writeTensors(name, list.map(writeTensor))] as const,
    );
    const count = positionalCount(names, [...given.keys()]);
    const args = tensors.slice(0, count).map(([, written]) => written);
    return { args, kwargs: { ...Object.fromEntries(tensors.slice(count)), ...data, ...extra } };
  }
  const listed = findLayerClass(className)?.listArguments ?? [];
  const args = names.map((name) => {
    const tensors = given.get(name)?.map(writeTensor) ?? [];
    if (tensors.length > 0) return listed.includes(name) ? tensors : single(tensors);
    return data[snakeCase(name)] ?? null;
  });
  return { args, kwargs: {} };
}

/** How many arguments have to be given by position for Keras, which sorts the others by name, to find all in this order. */
function positionalCount(names: readonly string[], given: readonly string[]): number {
  const most = leadingArguments(names, given);
  const inOrder = (rest: readonly string[]): boolean =>
    rest.every((name, i) => i === 0 || (rest[i - 1] as string) < name);
  let count = Math.min(1, most);
  while (count < most && !inOrder(given.slice(count))) count++;
  return count;
}

/** States of recurrent layers are lists, however few they are. */
function writeTensors(argument: string, tensors: readonly Config[]): unknown {
  return argument === 'initialState' ? tensors : single(tensors);
}

function single<T>(list: readonly T[]): T | readonly T[] {
  return list.length === 1 ? (list[0] as T) : list;
}
