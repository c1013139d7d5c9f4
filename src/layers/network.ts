import { ArgumentError } from '../tensor/index.js';
import { inCallOrder } from './callArguments.js';
import type { Layer, LayerNode, SymbolicTensor } from './layer.js';

/** The part of the graph between some inputs and some outputs. */
export interface Network {
  /** Applications of layers, each after what it needs. */
  readonly nodes: readonly LayerNode[];
  /** Every layer once, in Keras's order, which is also the order of weights in files. */
  readonly layers: readonly Layer[];
}

/**
 * Finds the graph that leads from `inputs` to `outputs`. Layers are ordered as Keras does: by their distance from the
 * outputs, farthest first; at equal distance in the order in which a walk back from the outputs meets them.
 * @throws {ArgumentError} if an output depends on an input that was not named.
 */
export function findNetwork(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): Network {
  const given = new Set(inputs);
  const met = new Map<Layer, number>();
  const nodes: LayerNode[] = [];
  const visited = new Set<LayerNode>();

  const visit = (tensor: SymbolicTensor): void => {
    const { node } = tensor;
    if (visited.has(node)) return;
    visited.add(node);
    if (!met.has(node.layer)) met.set(node.layer, met.size);
    if (!given.has(tensor)) {
      if (node.inputs.length === 0) throw disconnected(node.layer);
      for (const { input } of inCallOrder(callArgumentsOf(node.layer), node.inputs, node.inputNames)) visit(input);
    }
    nodes.push(node);
  };
  outputs.forEach(visit);
  for (const { node } of inputs) {
    if (visited.has(node)) continue;
    visited.add(node);
    met.set(node.layer, -1);
    nodes.unshift(node);
  }

  const depths = layerDepths(nodes, given);
  const layers = [...met.keys()].sort(
    (a, b) => (depths.get(b) as number) - (depths.get(a) as number) || (met.get(a) as number) - (met.get(b) as number),
  );
  return { nodes, layers };
}

const callArgumentsOf = (layer: Layer): readonly string[] => (layer.constructor as typeof Layer).callArguments;

/** Greatest number of steps from each layer to an output. */
function layerDepths(nodes: readonly LayerNode[], given: ReadonlySet<SymbolicTensor>): ReadonlyMap<Layer, number> {
  const nodeDepths = new Map<LayerNode, number>();
  const layerDepth = new Map<Layer, number>();
  for (const node of [...nodes].reverse()) {
    const depth = Math.max(nodeDepths.get(node) ?? 0, layerDepth.get(node.layer) ?? 0);
    layerDepth.set(node.layer, depth);
    nodeDepths.set(node, depth);
    if (node.outputs.some((output) => given.has(output))) continue;
    for (const { node: parent } of node.inputs) {
      nodeDepths.set(parent, Math.max(depth + 1, nodeDepths.get(parent) ?? 0));
    }
  }
  return layerDepth;
}

function disconnected(layer: Layer): ArgumentError {
  return new ArgumentError({
    operation: 'model',
    expected: 'outputs that depend on the given inputs only',
    received: `an output that depends on '${layer.name}'`,
    remedy: "Add that layer's tensor to inputs.",
  });
}
