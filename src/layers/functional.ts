import { ArgumentError, type Config, cast, formatValue, type Tensor } from '../tensor/index.js';
import type { ModelSplit } from '../training/index.js';
import type { Arguments } from './callArguments.js';
import {
  type CallContext,
  type InputSpec,
  type Layer,
  type LayerConfig,
  type MaskedTensors,
  type SymbolicSpec,
  SymbolicTensor,
} from './layer.js';
import { Model } from './model.js';
import { findNetwork, type Network } from './network.js';
import {
  describeNetwork,
  type NetworkConfig,
  rebuildNetwork,
  type TensorAddress,
  tensorFinder,
} from './networkConfig.js';
import { splitModel } from './split/splitModel.js';

/** Options of `model`. */
export interface FunctionalConfig extends Pick<LayerConfig, 'name' | 'trainable'> {
  readonly inputs: SymbolicTensor | readonly SymbolicTensor[];
  readonly outputs: SymbolicTensor | readonly SymbolicTensor[];
}

/** A model given by the graph between symbolic tensors. Layers may be shared, and models nested. */
export class Functional extends Model {
  static override readonly className: string = 'Functional';
  static readonly aliases: readonly string[] = ['Model'];
  override readonly inputs: readonly SymbolicTensor[];
  override readonly outputs: readonly SymbolicTensor[];
  readonly #network: Network;

  /** @throws {ArgumentError} if an output does not depend on the inputs only, or two layers have one name. */
  constructor(config: FunctionalConfig) {
    super({ name: config.name });
    this.inputs = asList(config.inputs);
    this.outputs = asList(config.outputs);
    this.#network = findNetwork(this.inputs, this.outputs);
    checkNames(this.#network.layers);
    this.build(...this.inputs.map(({ shape }) => shape));
    if (config.trainable === false) this.trainable = false;
  }

  override get layers(): readonly Layer[] {
    return this.#network.layers;
  }

  override get network(): Network {
    return this.#network;
  }

  override get inputSpec(): readonly InputSpec[] {
    return this.inputs.map(({ shape }) => ({
      rank: shape.length,
      axes: Object.fromEntries(shape.flatMap((size, axis) => (axis === 0 || size === null ? [] : [[axis, size]]))),
    }));
  }

  call(inputs: readonly Tensor[], context: CallContext): readonly Tensor[] {
    return this.runGraph(inputs, context).outputs;
  }

  protected override callWithMasks({ inputs, masks }: Arguments<Tensor>, training: boolean): MaskedTensors {
    return this.runGraph(inputs, { training, masks });
  }

  /** Runs the layers inside, and takes masks from each to the next. */
  runGraph(inputs: readonly Tensor[], around: Pick<CallContext, 'training' | 'masks'>): MaskedTensors {
    const known = new Map<SymbolicTensor, Tensor>();
    const masks = new Map<SymbolicTensor, Tensor>();
    const learn = (symbol: SymbolicTensor, value: Tensor, mask: Tensor | null | undefined): void => {
      known.set(symbol, value);
      if (mask) masks.set(symbol, mask);
    };
    const maskOf = (symbol: SymbolicTensor): Tensor | null => masks.get(symbol) ?? null;
    for (const [i, symbol] of this.inputs.entries()) {
      learn(symbol, cast(inputs[i] as Tensor, symbol.dtype), around.masks[i]);
    }
    for (const node of this.#network.nodes) {
      if (node.outputs.every((output) => known.has(output))) continue;
      const { layer, inputNames, options, training = around.training } = node;
      const given = node.inputs.map((symbol) => known.get(symbol) as Tensor);
      const results = layer.run(given, { training, masks: node.inputs.map(maskOf), inputNames, options });
      for (const [i, symbol] of node.outputs.entries()) {
        learn(symbol, results.outputs[i] as Tensor, results.masks[i]);
      }
    }
    return { outputs: this.outputs.map((symbol) => known.get(symbol) as Tensor), masks: this.outputs.map(maskOf) };
  }

  /** Layer by layer, so that each is probed with sizes that suit it however deep it stands. */
  override inferOutputs(inputs: readonly SymbolicSpec[]): readonly SymbolicSpec[] {
    const known = new Map<SymbolicTensor, SymbolicSpec>();
    for (const [i, symbol] of this.inputs.entries()) {
      known.set(symbol, { shape: inputs[i]?.shape ?? symbol.shape, dtype: symbol.dtype });
    }
    for (const node of this.#network.nodes) {
      if (node.outputs.every((output) => known.has(output))) continue;
      const given = node.inputs.map((symbol) => known.get(symbol) as SymbolicSpec);
      const specs = node.layer.inferOutputs(given, node);
      for (const [i, symbol] of node.outputs.entries()) known.set(symbol, specs[i] as SymbolicSpec);
    }
    return this.outputs.map((symbol) => known.get(symbol) as SymbolicSpec);
  }

  /** Finds the tensors inside by the addresses that `getConfig` gives them. */
  get tensorAt(): (address: TensorAddress) => SymbolicTensor | undefined {
    return tensorFinder(this.#network);
  }

  override split(): ModelSplit | null {
    return splitModel(this);
  }

  override getConfig(): Config {
    return { ...describeNetwork(this, this.#network) };
  }

  /** @throws {ArgumentError} for an unknown class, or a graph that does not hold together. */
  static override fromConfig(config: Config): Functional {
    const { name, trainable } = config as NetworkConfig;
    return new Functional({ name, trainable, ...rebuildNetwork(config as NetworkConfig) });
  }
}

/**
 * A model given by its inputs and outputs.
 *
 * ```ts
 * const x = input({ shape: [4] });
 * const net = model({ inputs: x, outputs: layers.dense({ units: 3 }).apply(x) });
 * ```
 * @throws {ArgumentError} if an output does not depend on the inputs only, or two layers have one name.
 */
export function model(config: FunctionalConfig): Functional {
  return new Functional(config);
}

function asList(tensors: SymbolicTensor | readonly SymbolicTensor[]): readonly SymbolicTensor[] {
  const list = tensors instanceof SymbolicTensor ? [tensors] : [...tensors];
  if (list.length > 0 && list.every((tensor) => tensor instanceof SymbolicTensor)) return list;
  throw new ArgumentError({
    operation: 'model',
    expected: 'symbolic tensors as inputs and outputs',
    received: formatValue(tensors),
    remedy: 'Start with input({ shape }) and apply layers to it.',
  });
}

function checkNames(layers: readonly Layer[]): void {
  const seen = new Set<string>();
  for (const { name } of layers) {
    if (seen.has(name)) {
      throw new ArgumentError({
        operation: 'model',
        expected: 'layers with different names',
        received: `two called '${name}'`,
        remedy: 'Give one of them another name.',
      });
    }
    seen.add(name);
  }
}
