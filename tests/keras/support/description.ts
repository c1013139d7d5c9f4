import { findLayerClass, type NetworkConfig, type NodeConfig, type SequentialNetworkConfig } from 'mapache/layers';
import { scheduleClasses } from 'mapache/optim';
import type { Config } from 'mapache/tensor';

/** What `deserialize_keras_object` takes. */
interface Description {
  readonly module: string;
  readonly class_name: string;
  readonly config: object;
  readonly registered_name: string | null;
}

type Address = readonly [layer: string, node: number, output: number];

/** Some classes of Keras write few options, and take no others. */
const dropped: Readonly<Record<string, readonly string[]>> = {
  Discretization: ['trainable'],
  SpatialDropout1D: ['trainable', 'data_format'],
  SpatialDropout2D: ['trainable'],
  SpatialDropout3D: ['trainable'],
};

/** Layers that belong to applications of Keras. */
const modules: Readonly<Record<string, string>> = {
  CustomScaleLayer: 'keras.src.applications.inception_resnet_v2',
  LayerScale: 'keras.src.applications.convnext',
  StochasticDepth: 'keras.src.applications.convnext',
};

/**
 * A layer or model of ours in Keras 3's words, so that Keras can build it without a file: written here once more, because
 * what the library writes is under test too.
 */
export function kerasDescription({ className, config }: { className: string; config: Config }): Description {
  switch (className) {
    case 'Functional':
      return describe('keras.src.models.functional', className, networkConfig(config as NetworkConfig));
    case 'Sequential':
      return describe('keras', className, sequentialConfig(config as SequentialNetworkConfig));
    case 'InputLayer':
      return inputLayer(config.name, config.batchShape, config.dtype);
    default:
      return describe(modules[className] ?? 'keras.layers', className, leafConfig(className, config));
  }
}

function describe(module: string, className: string, config: object): Description {
  return { module, class_name: className, config, registered_name: null };
}

function inputLayer(name: unknown, shape: unknown, dtype: unknown): Description {
  return describe('keras.layers', 'InputLayer', { batch_shape: shape, dtype, sparse: false, name });
}

function sequentialConfig({ name, trainable, inputShape, inputDType, layers }: SequentialNetworkConfig): object {
  const start = inputShape === null ? [] : [inputLayer(`${name}_input`, inputShape, inputDType ?? 'float32')];
  return { name, trainable, layers: [...start, ...layers.map(kerasDescription)] };
}

function networkConfig({ name, trainable, layers, inputs, outputs }: NetworkConfig): object {
  const functional = new Set(layers.flatMap((layer) => (layer.className === 'Functional' ? [layer.config.name] : [])));
  // Of models that are layers, Keras counts the outputs from 1, and those only.
  const end = ([layer, node, output]: Address): Address => [layer, node + (functional.has(layer) ? 1 : 0), output];
  return {
    name,
    trainable,
    layers: layers.map(({ className, config, nodes }) => ({
      ...kerasDescription({ className, config }),
      name: config.name,
      inbound_nodes: className === 'InputLayer' ? [] : nodes.map((node) => application(className, node)),
    })),
    input_layers: inputs.map(end),
    output_layers: outputs.map(end),
  };
}

function application(className: string, { inputs, inputNames, training, options }: NodeConfig): object {
  const tensors = inputs.map(kerasTensor);
  const kwargs = { ...snakeKeys(options ?? {}), ...(training === undefined ? {} : { training }) };
  const byName = inputNames ?? positionalNames(className, inputs.length);
  const names = [...new Set(byName)];
  if (names.length <= 1) return { args: tensors.length === 1 ? tensors : [tensors], kwargs };
  const all = names.map((argument) => {
    const own = tensors.filter((_, i) => byName[i] === argument);
    return [snakeCase(argument), own.length === 1 ? own[0] : own] as const;
  });
  // Attention takes a value before a key; by name, Keras would walk to the key first.
  const count = names[1] === 'value' && names[2] === 'key' ? 3 : 1;
  const args = all.slice(0, count).map(([, own]) => own);
  return { args, kwargs: { ...Object.fromEntries(all.slice(count)), ...kwargs } };
}

/** To which arguments inputs belong that have no names; a class with one argument takes them as a list. */
function positionalNames(className: string, count: number): readonly string[] {
  const layerClass: unknown = findLayerClass(className);
  const { callArguments = [] } = layerClass as { readonly callArguments?: readonly string[] };
  const tensors = callArguments.filter((name) => !/mask$/i.test(name));
  return Array.from({ length: count }, (_, i) => tensors[Math.min(i, tensors.length - 1)] ?? 'inputs');
}

function kerasTensor(address: Address): object {
  // Keras looks up the shape where the tensor comes from.
  return { class_name: '__keras_tensor__', config: { shape: [null], dtype: 'float32', keras_history: address } };
}

function leafConfig(className: string, config: Config): object {
  const written = snakeKeys(config);
  return Object.fromEntries(Object.entries(written).filter(([key]) => !(dropped[className] ?? []).includes(key)));
}

/** Options in the words of Keras. */
export const kerasOptions = (config: Config): object => snakeKeys(config);

function snakeKeys(config: Config): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [snakeCase(key), written(value)]));
}

function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  const { className, config } = value as Config;
  if (typeof className !== 'string') return snakeKeys(value as Config);
  const options = (config ?? {}) as Config;
  if (findLayerClass(className) !== undefined) return kerasDescription({ className, config: options });
  return scheduleClasses.has(className)
    ? describe('keras.optimizers.schedules', className, snakeKeys(options))
    : { class_name: className, config: snakeKeys(options) };
}

function snakeCase(key: string): string {
  return key.replace(/(?<=[A-Za-z0-9])([A-Z])/g, (_, letter: string) => `_${letter.toLowerCase()}`);
}
