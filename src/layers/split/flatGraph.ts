import { cast, type DType, type Tensor, withOrigin } from '../../tensor/index.js';
import type { Layer, LayerNode, MaskedTensors, SymbolicShape, SymbolicTensor } from '../layer.js';
import { Model } from '../model.js';
import type { Network } from '../network.js';

/** Where a value of the graph goes by. */
export interface Slot {
  readonly shape: SymbolicShape;
  readonly dtype: DType;
}

/** One application of a layer, wherever it stands, or a change of dtype where a nested model begins. */
export interface FlatNode {
  /** `null` for a change of dtype. */
  readonly layer: Layer | null;
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  /** Whether the layer is asked to behave as in training when the whole model is asked for `training`. */
  trains(training: boolean): boolean;
  run(inputs: readonly Tensor[], masks: readonly (Tensor | null)[], training: boolean): MaskedTensors;
  /** What the application is, besides the layer and its inputs. */
  readonly call: Pick<LayerNode, 'inputNames' | 'options'>;
}

/** A model without nested models: theirs stand among its own applications of layers, each after what it needs. */
export interface FlatGraph {
  readonly inputs: readonly Slot[];
  readonly nodes: readonly FlatNode[];
  readonly outputs: readonly Slot[];
}

type Mode = (training: boolean) => boolean;

/** Opens a model and all models inside it; `null` for one that is not given by a graph, or not by that alone. */
export function flatten(model: Model): FlatGraph | null {
  const network = networkOf(model);
  if (network === null) return null;
  const inputs = model.inputs.map(({ shape, dtype }): Slot => ({ shape, dtype }));
  const nodes: FlatNode[] = [];
  const mode: Mode = (training) => training && !model.isHeld;
  const outputs = expand({ model, network, inputs, mode, origin: model.name }, nodes);
  return { inputs, nodes, outputs };
}

/** The graph of a model that does nothing besides. */
function networkOf(layer: Layer): Network | null {
  return layer instanceof Model && layer.activityRegularizer === null ? layer.network : null;
}

interface Opened {
  readonly model: Model;
  readonly network: Network;
  readonly inputs: readonly Slot[];
  readonly mode: Mode;
  readonly origin: string;
}

/** Appends the applications inside a model. Returns its outputs. */
function expand({ model, network, inputs, mode, origin }: Opened, nodes: FlatNode[]): readonly Slot[] {
  const known = new Map<SymbolicTensor, Slot>();
  for (const [i, symbol] of model.inputs.entries()) {
    known.set(symbol, converted(inputs[i] as Slot, symbol.dtype, nodes));
  }
  for (const node of network.nodes) {
    if (node.outputs.every((output) => known.has(output))) continue;
    const { layer, training: given } = node;
    const around: Mode = given === undefined ? mode : () => given;
    const slots = node.inputs.map((symbol) => known.get(symbol) as Slot);
    const inner = isPlain(node) ? networkOf(layer) : null;
    const outputs =
      inner === null
        ? applied(node, slots, around, origin, nodes)
        : expand(
            {
              ...{ model: layer as Model, network: inner, inputs: slots, origin: `${origin}/${layer.name}` },
              mode: (training) => around(training) && !layer.isHeld,
            },
            nodes,
          );
    for (const [i, symbol] of node.outputs.entries()) known.set(symbol, outputs[i] as Slot);
  }
  return model.outputs.map((symbol) => known.get(symbol) as Slot);
}

/** Whether an application of a model says nothing but what goes into it. */
function isPlain({ inputNames, options }: LayerNode): boolean {
  return inputNames === undefined && Object.keys(options).length === 0;
}

function applied(
  { layer, inputNames, options, outputs: symbols }: LayerNode,
  inputs: readonly Slot[],
  trains: Mode,
  origin: string,
  nodes: FlatNode[],
): readonly Slot[] {
  const outputs = symbols.map(({ shape, dtype }): Slot => ({ shape, dtype }));
  const call = { inputNames, options };
  const run: FlatNode['run'] = (tensors, masks, training) =>
    withOrigin(origin, () => layer.run(tensors, { training: trains(training), masks, ...call }));
  nodes.push({ layer, inputs, outputs, trains, run, call });
  return outputs;
}

function converted(from: Slot, dtype: DType, nodes: FlatNode[]): Slot {
  if (from.dtype === dtype) return from;
  const to: Slot = { shape: from.shape, dtype };
  nodes.push({
    ...{ layer: null, inputs: [from], outputs: [to], trains: (training) => training },
    run: ([x], masks) => ({ outputs: [cast(x as Tensor, dtype)], masks }),
    call: { options: {} },
  });
  return to;
}

/** Runs applications in their order. What `known` holds already is not computed again. */
export function runNodes(nodes: readonly FlatNode[], known: Map<Slot, Tensor>, training: boolean): Map<Slot, Tensor> {
  const masks = new Map<Slot, Tensor>();
  for (const node of nodes) {
    const inputs = node.inputs.map((slot) => known.get(slot) as Tensor);
    const given = node.inputs.map((slot) => masks.get(slot) ?? null);
    const results = node.run(inputs, given, training);
    for (const [i, slot] of node.outputs.entries()) {
      known.set(slot, results.outputs[i] as Tensor);
      const mask = results.masks[i];
      if (mask) masks.set(slot, mask);
    }
  }
  return masks;
}
