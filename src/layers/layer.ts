import {
  ArgumentError,
  type Config,
  currentOrigin,
  type DType,
  div,
  type FloatDType,
  floatx,
  formatValue,
  type Shape,
  sizeOf,
  Tensor,
  Variable,
  withOrigin,
} from '../tensor/index.js';
import { addLoss } from '../training/index.js';
import type { Constraint } from './constraints.js';
import { describe } from './describe.js';
import { getInitializer, type InitializerLike } from './initializers/index.js';
import { checkInputs, type InputSpec } from './inputSpec.js';
import { uniqueName } from './naming.js';
import { OwnWeights } from './ownWeights.js';
import { probeOutputs } from './probe.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from './regularizers.js';
import type { SymbolicShape, SymbolicSpec } from './symbolicShape.js';

export type { InputSpec } from './inputSpec.js';
export type { SymbolicShape, SymbolicSpec } from './symbolicShape.js';

/** What flows through a model that is being built: a shape and a dtype, and where they come from. */
export class SymbolicTensor {
  constructor(
    readonly shape: SymbolicShape,
    readonly dtype: DType,
    /** The application of a layer that gives this tensor. */
    readonly node: LayerNode,
    /** Which of the node's outputs this is. */
    readonly position: number,
  ) {}
}

/** One application of a layer. A layer that is shared has several. */
export interface LayerNode {
  readonly layer: Layer;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** The `training` given at this application; it wins for the layer and everything inside it. */
  readonly training: boolean | undefined;
}

/** Options every layer takes. */
export interface LayerConfig {
  /** Unique within a model. @defaultValue the class in snake case, numbered: `dense`, `dense_1`, … */
  readonly name?: string | undefined;
  /** Whether training changes the layer's weights. @defaultValue `true` */
  readonly trainable?: boolean | undefined;
  /** Dtype of the weights. @defaultValue `floatx()` */
  readonly dtype?: FloatDType | undefined;
  /** A price on the outputs, which joins the loss divided by the size of the batch. @defaultValue `null` */
  readonly activityRegularizer?: RegularizerLike | null | undefined;
}

/** How a layer is applied. */
export interface ApplyOptions {
  /**
   * Behave as in training (drop, use batch statistics) or as in inference. Given here, it wins for this layer and
   * everything inside it, and for nothing else. @defaultValue what the model around it does; `false` outside
   */
  readonly training?: boolean;
}

/** What a layer may know while it computes. */
export interface CallContext {
  readonly training: boolean;
}

/** How a weight is made. */
export interface WeightOptions {
  readonly shape: Shape;
  readonly initializer: InitializerLike;
  /** A price on the weight, which joins the loss. @defaultValue `null` */
  readonly regularizer?: Regularizer | null;
  /** A bound that optimizers bring the weight back to after every update. @defaultValue `null` */
  readonly constraint?: Constraint | null;
  /** @defaultValue `true` */
  readonly trainable?: boolean;
  /** @defaultValue the layer's */
  readonly dtype?: DType;
}

/**
 * A part of a model: weights, and a function from tensors to tensors.
 *
 * `trainable` says which variables get gradients; `training`, an argument of every application, says how the layer
 * behaves. They are independent, except where a layer declares `inferenceWhenFrozen`.
 *
 * A subclass gives `static className`, creates weights in `build` and computes in `call`.
 */
export abstract class Layer {
  readonly name: string;
  readonly dtype: FloatDType;
  /** A price on the outputs, which joins the loss. */
  readonly activityRegularizer: Regularizer | null;
  /** The applications of this layer to symbolic tensors, in order. */
  readonly inboundNodes: LayerNode[] = [];
  #built = false;
  #trainable: boolean;
  readonly #own = new OwnWeights();

  /** Keras's name of the class, as files have it. */
  static readonly className: string = 'Layer';

  constructor(config: LayerConfig = {}) {
    const { trainable = true } = config;
    if (typeof trainable !== 'boolean') {
      throw new ArgumentError({
        operation: this.className,
        expected: 'trainable to be true or false',
        received: formatValue(trainable),
        remedy: 'Leave it out for a layer that trains.',
      });
    }
    this.name = config.name ?? uniqueName(this.className);
    this.dtype = config.dtype ?? floatx();
    this.activityRegularizer = getRegularizer(config.activityRegularizer);
    this.#trainable = trainable;
  }

  get className(): string {
    return (this.constructor as typeof Layer).className;
  }

  /** Whether a frozen layer behaves as in inference even when `training` is asked for. */
  get inferenceWhenFrozen(): boolean {
    return false;
  }

  /**
   * Behave as in inference whatever `training` says, while weights may still train. Fine-tuning sets it on batch
   * normalisations, so that a handful of pictures does not replace the statistics of millions.
   */
  inferenceMode = false;

  /** Layers inside this one. */
  get sublayers(): readonly Layer[] {
    return [];
  }

  /** What the layer asks of its inputs, one entry for each. Checked before every application. */
  get inputSpec(): readonly InputSpec[] {
    return [];
  }

  /** Variables that are no weights, such as the state of a random generator. */
  get states(): readonly Variable[] {
    return [];
  }

  /** Computes the result. Weights exist; shapes have been checked against `inputSpec`. */
  abstract call(inputs: readonly Tensor[], context: CallContext): Tensor | readonly Tensor[];

  /** Creates the weights for inputs of these shapes. Called once, before the first application. */
  protected createWeights(_inputShapes: readonly SymbolicShape[]): void {}

  /** The layer's options, complete, so that an equal layer can be made of them. */
  getConfig(): Config {
    const { name, trainable, dtype, activityRegularizer } = this;
    return {
      name,
      trainable,
      dtype,
      ...(activityRegularizer && { activityRegularizer: describe(activityRegularizer) }),
    };
  }

  get built(): boolean {
    return this.#built;
  }

  /** Makes an equal layer of what `getConfig` gave. Options no constructor knows are ignored. */
  static fromConfig(this: new (config: never) => Layer, config: Config): Layer {
    // A configuration comes from a file: constructors check every option they read.
    return new this(config as never);
  }

  /** Creates the weights, once. @throws {ShapeError} if the layer cannot take inputs of these shapes; it stays unbuilt. */
  build(...inputShapes: readonly SymbolicShape[]): void {
    if (this.#built) return;
    checkInputs(this, inputShapes);
    try {
      this.createWeights(inputShapes);
    } catch (error) {
      this.#own.clear();
      throw error;
    }
    this.#built = true;
  }

  /** Creates one weight. To be called from `createWeights`. */
  protected addWeight(name: string, options: WeightOptions): Variable {
    const { shape, dtype = this.dtype, trainable = true, regularizer = null, constraint = null } = options;
    const initial = getInitializer(options.initializer)(shape, dtype);
    const variable = new Variable(initial, {
      name,
      trainable: trainable && this.#trainable,
      constraint: constraint === null ? null : (value) => constraint.apply(value),
    });
    variable.path = `${this.name}/${name}`;
    this.#own.add(variable, regularizer, trainable);
    return variable;
  }

  /**
   * Adds a scalar to the loss of whoever is computing one. To be called from `call`. Outside of training and evaluation
   * it is forgotten.
   */
  protected addLoss(loss: Tensor): void {
    addLoss(loss);
  }

  /**
   * The layer's own weight of a name, such as `kernel`.
   * @throws {ArgumentError} if there is none, or none yet.
   */
  weight(name: string): Variable {
    const own = this.#own.variables;
    const found = own.find((variable) => variable.name === name);
    if (found !== undefined) return found;
    throw new ArgumentError({
      operation: `${this.className} '${this.name}'`,
      expected:
        own.length === 0 ? 'a layer that has weights' : `one of ${own.map((weight) => `'${weight.name}'`).join(', ')}`,
      received: formatValue(name),
      remedy: 'Weights exist once the layer is built or applied.',
    });
  }

  /** Whether training changes the weights. Setting it reaches every layer inside, and takes effect at once. */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(value: boolean) {
    this.#trainable = Boolean(value);
    this.#own.setTrainable(this.#trainable);
    for (const layer of this.sublayers) layer.trainable = value;
  }

  /** Every weight: own trainable ones, own others, then those of the layers inside; each once. */
  get weights(): readonly Variable[] {
    return [...new Set([...this.#own.variables, ...this.sublayers.flatMap((layer) => layer.weights)])];
  }

  /** The weights training changes; none of a frozen layer. */
  get trainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter(({ trainable }) => trainable) : [];
  }

  /** The weights training leaves alone. Statistics of batch normalisation are always among them. */
  get nonTrainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter(({ trainable }) => !trainable) : this.weights;
  }

  /** Weights, and states such as those of random generators, of this layer and the ones inside. */
  get variables(): readonly Variable[] {
    const inside = this.sublayers.flatMap((layer) => layer.variables);
    return [...new Set([...this.weights, ...this.states, ...inside])];
  }

  /** Penalties on weights that train, to be added to the loss. Those on activities are collected by `collectLosses`. */
  get losses(): readonly Tensor[] {
    return [...this.#own.penalties, ...this.sublayers.flatMap((layer) => layer.losses)];
  }

  /** Number of numbers in all weights. */
  countParams(): number {
    return this.weights.reduce((total, { shape }) => total + sizeOf(shape), 0);
  }

  /**
   * Applies the layer: to symbolic tensors while a model is being built, to tensors to compute with it directly.
   * @throws {ShapeError} if the layer cannot take the inputs.
   */
  apply(inputs: SymbolicTensor | readonly SymbolicTensor[], options?: ApplyOptions): SymbolicTensor;
  apply(inputs: Tensor | readonly Tensor[], options?: ApplyOptions): Tensor;
  apply(
    inputs: SymbolicTensor | Tensor | readonly SymbolicTensor[] | readonly Tensor[],
    options: ApplyOptions = {},
  ): SymbolicTensor | Tensor {
    const list = (Array.isArray(inputs) ? inputs : [inputs]) as readonly SymbolicTensor[] | readonly Tensor[];
    const outputs = isSymbolic(list) ? this.applyAll(list, options) : this.applyAll(list as readonly Tensor[], options);
    if (outputs.length !== 1) {
      throw new ArgumentError({
        operation: `${this.name}.apply`,
        expected: 'a layer with one output',
        received: `${outputs.length} outputs`,
        remedy: 'Use applyAll(inputs), which returns all of them.',
      });
    }
    return outputs[0] as SymbolicTensor | Tensor;
  }

  /** `apply` for layers with any number of outputs. */
  applyAll(inputs: readonly SymbolicTensor[], options?: ApplyOptions): readonly SymbolicTensor[];
  applyAll(inputs: readonly Tensor[], options?: ApplyOptions): readonly Tensor[];
  applyAll(
    inputs: readonly SymbolicTensor[] | readonly Tensor[],
    options: ApplyOptions = {},
  ): readonly SymbolicTensor[] | readonly Tensor[] {
    const shapes = inputs.map(({ shape }) => shape);
    checkInputs(this, shapes);
    this.build(...shapes);
    return isSymbolic(inputs)
      ? this.#applySymbolically(inputs, options.training)
      : this.callWith(inputs as readonly Tensor[], options.training ?? false);
  }

  /** Computes the outputs; the one way in which models run the layers inside them. */
  callWith(inputs: readonly Tensor[], training: boolean): readonly Tensor[] {
    checkInputs(
      this,
      inputs.map(({ shape }) => shape),
    );
    const outer = currentOrigin();
    return withOrigin(outer === '' ? this.name : `${outer}/${this.name}`, () => {
      const inference = this.inferenceMode || (this.inferenceWhenFrozen && !this.#trainable);
      const result = this.call(inputs, { training: training && !inference });
      const outputs = result instanceof Tensor ? [result] : result;
      if (this.activityRegularizer !== null) this.#addActivityLosses(this.activityRegularizer, outputs);
      return outputs;
    });
  }

  /**
   * As in Keras 3.15: every output of every application counts, in training and in evaluation, also of a frozen layer, and
   * each penalty is divided by the number of samples.
   */
  #addActivityLosses(regularizer: Regularizer, outputs: readonly Tensor[]): void {
    for (const output of outputs) {
      const [samples = 1] = output.shape;
      this.addLoss(div(regularizer.penalty(output), Math.max(samples, 1)));
    }
  }

  #applySymbolically(inputs: readonly SymbolicTensor[], training: boolean | undefined): readonly SymbolicTensor[] {
    const specs = this.inferOutputs(inputs);
    const outputs: SymbolicTensor[] = [];
    const node: LayerNode = { layer: this, inputs: [...inputs], outputs, training };
    specs.forEach(({ shape, dtype }, position) => {
      outputs.push(new SymbolicTensor(shape, dtype, node, position));
    });
    this.inboundNodes.push(node);
    return outputs;
  }

  /** Shapes and dtypes of the outputs for symbolic inputs. */
  inferOutputs(inputs: readonly SymbolicSpec[]): readonly SymbolicSpec[] {
    return probeOutputs(this.name, (tensors) => this.callWith(tensors, false), inputs);
  }
}

function isSymbolic(inputs: readonly SymbolicTensor[] | readonly Tensor[]): inputs is readonly SymbolicTensor[] {
  return inputs[0] instanceof SymbolicTensor;
}
