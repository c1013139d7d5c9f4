import { ArgumentError, type Config, type DType, formatValue, type Tensor } from '../tensor/index.js';
import type { ModelSplit } from '../training/index.js';
import type { Arguments } from './callArguments.js';
import { Functional } from './functional.js';
import { InputLayer, input } from './inputLayer.js';
import {
  type CallContext,
  type InputSpec,
  Layer,
  type MaskedTensors,
  type SymbolicShape,
  type SymbolicSpec,
  type SymbolicTensor,
} from './layer.js';
import { remakeFromConfig } from './layerClasses.js';
import { Model } from './model.js';
import type { Network } from './network.js';
import { splitModel } from './split/splitModel.js';

/** Options of `sequential`. */
export interface SequentialConfig {
  readonly layers?: readonly Layer[];
  readonly name?: string | undefined;
  readonly trainable?: boolean | undefined;
}

/** A sequential model as data. */
export type SequentialNetworkConfig = {
  readonly name: string;
  readonly trainable: boolean;
  /** Shape of the input with the batch in front, once it is known. */
  readonly inputShape: SymbolicShape | null;
  /** @defaultValue `floatx()` */
  readonly inputDType?: DType;
  readonly layers: readonly { readonly className: string; readonly config: Config }[];
};

/** A model in which each layer feeds the next. It is built when the shape of its input is known. */
export class Sequential extends Model {
  static override readonly className: string = 'Sequential';
  readonly #layers: Layer[] = [];
  #graph: Functional | null = null;

  constructor(config: SequentialConfig = {}) {
    super({ name: config.name });
    for (const layer of config.layers ?? []) this.add(layer);
    if (config.trainable === false) this.trainable = false;
  }

  override get layers(): readonly Layer[] {
    return this.#layers;
  }

  override get inputs(): readonly SymbolicTensor[] {
    return this.#known().inputs;
  }

  override get outputs(): readonly SymbolicTensor[] {
    return this.#known().outputs;
  }

  override get network(): Network | null {
    return this.#graph?.network ?? null;
  }

  override get inputSpec(): readonly InputSpec[] {
    return this.#graph?.inputSpec ?? [];
  }

  /** Appends a layer. A first layer that knows its input (an input layer, a built model) builds the model. */
  add(layer: Layer): void {
    if (!(layer instanceof Layer)) {
      throw new ArgumentError({
        operation: `${this.name}.add`,
        expected: 'a layer',
        received: formatValue(layer),
        remedy: 'Make one with layers.dense(…), layers.conv2d(…), ….',
      });
    }
    if (this.#layers.some(({ name }) => name === layer.name)) {
      throw new ArgumentError({
        operation: `${this.name}.add`,
        expected: 'a layer with a name of its own',
        received: `'${layer.name}', which is taken`,
        remedy: 'Give the layer another name.',
      });
    }
    if (layer instanceof InputLayer) {
      this.#connect(layer.output);
      return;
    }
    if (this.#graph !== null) {
      const output = layer.apply(this.#graph.output);
      this.#layers.push(layer);
      this.#graph = new Functional({ name: this.name, inputs: this.#graph.inputs, outputs: output });
      return;
    }
    this.#layers.push(layer);
    if (this.#layers.length === 1 && layer instanceof Model && layer.built) {
      const [first] = layer.inputs;
      if (first !== undefined) this.#connect(input({ batchShape: first.shape, dtype: first.dtype }));
    }
  }

  protected override createWeights([shape]: readonly SymbolicShape[]): void {
    if (this.#graph === null && shape !== undefined) this.#connect(input({ batchShape: [null, ...shape.slice(1)] }));
  }

  override get built(): boolean {
    return super.built || this.#graph !== null;
  }

  call(inputs: readonly Tensor[], context: CallContext): readonly Tensor[] {
    return this.#known().call(inputs, context);
  }

  protected override callWithMasks({ inputs, masks }: Arguments<Tensor>, training: boolean): MaskedTensors {
    return this.#known().runGraph(inputs, { training, masks });
  }

  override inferOutputs(inputs: readonly SymbolicSpec[]): readonly SymbolicSpec[] {
    return this.#known().inferOutputs(inputs);
  }

  override split(): ModelSplit | null {
    return this.#graph === null ? null : splitModel(this);
  }

  override getConfig(): Config {
    const start = this.#graph?.inputs[0];
    const config: SequentialNetworkConfig = {
      name: this.name,
      trainable: this.trainable,
      inputShape: start?.shape ?? null,
      ...(start && { inputDType: start.dtype }),
      layers: this.#layers.map((layer) => ({ className: layer.className, config: layer.getConfig() })),
    };
    return { ...config };
  }

  static override fromConfig(config: Config): Sequential {
    const { name, trainable, inputShape, inputDType, layers } = config as SequentialNetworkConfig;
    const start = inputShape === null ? [] : [new InputLayer({ batchShape: inputShape, dtype: inputDType })];
    const rest = layers.map(({ className, config: layerConfig }) => remakeFromConfig(className, layerConfig));
    return new Sequential({ name, trainable, layers: [...start, ...rest] });
  }

  #connect(start: SymbolicTensor): void {
    const end = this.#layers.reduce((x, layer) => layer.apply(x), start);
    this.#graph = new Functional({ name: this.name, inputs: start, outputs: end });
  }

  #known(): Functional {
    if (this.#graph !== null) return this.#graph;
    throw new ArgumentError({
      operation: this.name,
      expected: 'a model that knows the shape of its input',
      received: 'a sequential model that was not applied to anything yet',
      remedy: 'Begin it with layers.inputLayer({ shape }), or call build([null, …]).',
    });
  }
}

/** A model in which each layer feeds the next: `sequential([layers.dense({ units: 3 }), …])`. */
export function sequential(layers: readonly Layer[] = [], options: Omit<SequentialConfig, 'layers'> = {}): Sequential {
  return new Sequential({ ...options, layers });
}
