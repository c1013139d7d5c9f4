import { ArgumentError, type Config, formatValue } from '../tensor/index.js';
import { InputLayer } from './inputLayer.js';
import type { Layer, LayerNode, SymbolicTensor } from './layer.js';
import { remakeFromConfig } from './layerClasses.js';
import type { Network } from './network.js';

/** A tensor by where it comes from: `[layer, application, output]`, counted within one model. */
export type TensorAddress = readonly [layer: string, node: number, output: number];

/** One application of a layer, as data. */
export interface NodeConfig {
  readonly inputs: readonly TensorAddress[];
  /** To which argument each input belongs. @defaultValue the class's `callArguments` in order */
  readonly inputNames?: readonly string[];
  readonly training?: boolean;
  /** The other arguments that are plain data. @defaultValue none */
  readonly options?: Config;
}

/** A layer and its applications, as data. */
export interface NetworkLayerConfig {
  readonly className: string;
  readonly config: Config;
  readonly nodes: readonly NodeConfig[];
}

/** A functional model as data, in our own words; `io/keras` translates it from and to Keras's. */
export type NetworkConfig = {
  readonly name: string;
  readonly trainable: boolean;
  readonly layers: readonly NetworkLayerConfig[];
  readonly inputs: readonly TensorAddress[];
  readonly outputs: readonly TensorAddress[];
};

/** Finds tensors of a network by their addresses. */
export function tensorFinder({ nodes, layers }: Network): (address: TensorAddress) => SymbolicTensor | undefined {
  const applications = applicationsIn(nodes, layers);
  const byName = new Map(layers.map((layer) => [layer.name, applications.get(layer)]));
  return ([layer, node, output]) => byName.get(layer)?.[node]?.outputs[output];
}

/** The applications of each layer in the order in which they were made, which a file must keep. */
function applicationsIn(
  nodes: readonly LayerNode[],
  layers: readonly Layer[],
): ReadonlyMap<Layer, readonly LayerNode[]> {
  const inside = new Set(nodes);
  return new Map(layers.map((layer) => [layer, layer.inboundNodes.filter((node) => inside.has(node))]));
}

interface Ends {
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
}

/** The network between `ends` as data. */
export function describeNetwork(
  { name, trainable, inputs, outputs }: Ends & { readonly name: string; readonly trainable: boolean },
  { nodes, layers }: Network,
): NetworkConfig {
  const applications = applicationsIn(nodes, layers);
  const address = ({ node, position }: SymbolicTensor): TensorAddress => [
    node.layer.name,
    applications.get(node.layer)?.indexOf(node) ?? 0,
    position,
  ];
  const describe = (node: LayerNode): NodeConfig => ({
    inputs: node.inputs.map(address),
    ...(node.inputNames === undefined ? {} : { inputNames: node.inputNames }),
    ...(node.training === undefined ? {} : { training: node.training }),
    ...(Object.keys(node.options).length === 0 ? {} : { options: node.options }),
  });
  return {
    name,
    trainable,
    layers: layers.map((layer) => ({
      className: layer.className,
      config: layer.getConfig(),
      nodes: (applications.get(layer) ?? []).map(describe),
    })),
    inputs: inputs.map(address),
    outputs: outputs.map(address),
  };
}

/**
 * Makes the layers of a described network and applies them as described.
 * @throws {ArgumentError} if an address leads nowhere or the graph goes round in a circle.
 */
export function rebuildNetwork(config: NetworkConfig): Ends {
  const layers = new Map<string, Layer>();
  const waiting: { readonly layer: Layer; readonly nodes: NodeConfig[] }[] = [];
  for (const { className, config: layerConfig, nodes } of config.layers) {
    const layer = remakeFromConfig(className, layerConfig);
    layers.set(layer.name, layer);
    waiting.push({ layer, nodes: layer instanceof InputLayer ? [] : [...nodes] });
  }
  const find = ([name, node, output]: TensorAddress): SymbolicTensor | undefined =>
    layers.get(name)?.inboundNodes[node]?.outputs[output];

  // Files list layers in an order that works in one pass; a shared layer may have to wait for a later one.
  for (let progress = true; progress; ) {
    progress = false;
    for (const { layer, nodes } of waiting) {
      for (let next = nodes[0]; next !== undefined; next = nodes[0]) {
        const inputs = next.inputs.map(find);
        if (!inputs.every((tensor) => tensor !== undefined)) break;
        const { inputNames, training, options } = next;
        layer.applyAll(inputs, { inputNames, training, options });
        nodes.shift();
        progress = true;
      }
    }
  }
  const stuck = waiting.find(({ nodes }) => nodes.length > 0);
  const missing = [...config.inputs, ...config.outputs].find((address) => find(address) === undefined);
  if (stuck !== undefined || missing !== undefined) {
    throw new ArgumentError({
      operation: `model '${config.name}'`,
      expected: 'a graph in which every tensor comes from a layer before',
      received: stuck
        ? `'${stuck.layer.name}', whose inputs lead nowhere`
        : `the address ${formatValue(missing?.join('/'))}`,
      remedy: 'The configuration is damaged; save the model again.',
    });
  }
  const findAll = (addresses: readonly TensorAddress[]): readonly SymbolicTensor[] =>
    addresses.map((address) => find(address) as SymbolicTensor);
  return { inputs: findAll(config.inputs), outputs: findAll(config.outputs) };
}
