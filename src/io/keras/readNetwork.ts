import { findLayerClass, type NetworkConfig, type NodeConfig, type TensorAddress } from '../../layers/index.js';
import { type Config, formatValue } from '../../tensor/index.js';
import type { Context } from './context.js';
import { field, isObject, type JsonObject } from './json.js';
import { type LayerRecord, nameOf, type ReadDescription, readLayerRecords } from './layerRecord.js';
import { type CountedLayer, type NodeOffsets, nodeOffsets } from './nodeOffsets.js';
import { type NodeRecord, type ReadValue, readNodes, readReference, type TensorReference } from './readNodes.js';

/**
 * Layers whose call has `training=False` as its default in Keras 3, which recorded the default as if somebody had
 * asked for it.
 */
const falseByDefault: ReadonlySet<string> = new Set([
  'AlphaDropout',
  'Dropout',
  'GaussianDropout',
  'GaussianNoise',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'SpatialDropout3D',
  'ConvLSTM1D',
  'ConvLSTM2D',
  'ConvLSTM3D',
  'GRU',
  'LSTM',
  'SimpleRNN',
  'SpectralNormalization',
]);

/** A functional model in our words. @throws {ModelFormatError} */
export function readNetwork(
  context: Context,
  config: JsonObject,
  readDescription: ReadDescription,
  readValue: ReadValue,
): Config {
  const records = readLayerRecords(context, field(config, 'layers'), readDescription);
  const counted = new Map<string, CountedLayer>();
  for (const layer of records) {
    if (counted.has(layer.name)) throw context.error('layers with names of their own', `two called '${layer.name}'`);
    counted.set(layer.name, countLayer(context, layer, readValue));
  }
  const between = [...counted.values()].flatMap(({ nodes }) => nodes.flatMap(({ inputs }) => inputs));
  const outputs = readEnds(context, 'output_layers', field(config, 'output_layers'));
  const listStyle = records.some(({ record }) => hasListNodes(record));
  const inside = nodeOffsets(counted, listStyle ? [...between, ...outputs] : between, () => listStyle);
  const atOutputs = listStyle ? inside : nodeOffsets(counted, outputs, ({ isSequential }) => !isSequential);

  const network: Omit<NetworkConfig, 'name'> = {
    trainable: field(config, 'trainable') !== false,
    layers: records.map(({ className, config: options, name }) => ({
      className,
      config: options,
      nodes: (counted.get(name) as CountedLayer).nodes.map((node) => {
        const ignored = !listStyle && isRecordedDefault(context, className, node);
        return toNode({ ...node, training: ignored ? undefined : node.training }, inside);
      }),
    })),
    inputs: readEnds(context, 'input_layers', field(config, 'input_layers')).map(toAddress(() => 0)),
    outputs: outputs.map(toAddress(atOutputs)),
  };
  return { ...nameOf(config), ...network };
}

function countLayer(context: Context, layer: LayerRecord, readValue: ReadValue): CountedLayer {
  const { name, className, config, record } = layer;
  return {
    name,
    nodes: className === 'InputLayer' ? [] : readNodes(context, layer, field(record, 'inbound_nodes'), readValue),
    beginsWithInput: beginsWithInput(className, config),
    isSequential: className === 'Sequential',
  };
}

function beginsWithInput(className: string, config: Readonly<Record<string, unknown>>): boolean {
  if (className === 'Functional') return true;
  if (className !== 'Sequential') return false;
  const layers = config.layers;
  const first: unknown = Array.isArray(layers) ? layers[0] : undefined;
  if (config.inputShape !== null) return true;
  if (!isObject(first) || typeof first.className !== 'string' || !isObject(first.config)) return false;
  return first.className === 'InputLayer' || beginsWithInput(first.className, first.config);
}

function hasListNodes(record: JsonObject): boolean {
  const nodes = field(record, 'inbound_nodes');
  return Array.isArray(nodes) && nodes.some(Array.isArray);
}

function isRecordedDefault(context: Context, className: string, { training }: NodeRecord): boolean {
  const byDefault = falseByDefault.has(className) ? false : findLayerClass(className)?.trainingByDefault;
  return training !== undefined && training === byDefault && context.recordsDefaultTraining;
}

function toNode({ inputs, inputNames, training, options }: NodeRecord, offsets: NodeOffsets): NodeConfig {
  return {
    inputs: inputs.map(toAddress(offsets)),
    ...(inputNames !== undefined && { inputNames }),
    ...(training !== undefined && { training }),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

function toAddress(offsets: NodeOffsets): (reference: TensorReference) => TensorAddress {
  return ({ layer, node, output }) => [layer, node - offsets(layer), output];
}

/** One tensor, a list of them, or tensors by name, which Keras takes in the order of their names. */
function readEnds(context: Context, what: string, value: unknown): readonly TensorReference[] {
  const reference = readReference(value);
  if (reference !== null) return [reference];
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item) => readEnds(context, what, item));
  if (isObject(value))
    return Object.keys(value)
      .sort()
      .flatMap((key) => readEnds(context, what, value[key]));
  throw context.error(`${what} to name tensors`, formatValue(value));
}
