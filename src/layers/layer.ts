import {
  ArgumentError,
  type Config,
  checkBooleanOption,
  currentOrigin,
  type DType,
  div,
  type FloatDType,
  floatx,
  snakeCase,
  Tensor,
  type Variable,
  withOrigin,
} from '../tensor/index.js';
import { addLoss } from '../training/index.js';
import type { ApplyOptions, Call, CallContext, MaskedTensors, RunOptions } from './call.js';
import { type Arguments, sortArguments } from './callArguments.js';
import { describe } from './describe.js';
import { checkInputs, type InputSpec } from './inputSpec.js';
import { uniqueName } from './naming.js';
import { noteRun } from './observation.js';
import { probeOutputs } from './probe.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from './regularizers.js';
import type { SymbolicShape, SymbolicSpec } from './symbolicShape.js';
import { noteUse } from './usedClasses.js';
import { Weighted } from './weighted.js';

export type { ApplyOptions, Call, CallContext, MaskedTensors, RunOptions } from './call.js';
export type { InputSpec } from './inputSpec.js';
export type { SymbolicShape, SymbolicSpec } from './symbolicShape.js';
export type { WeightOptions } from './weighted.js';

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
  /** All tensors it is given, those in lists one by one. */
  readonly inputs: readonly SymbolicTensor[];
  /** To which argument each input belongs. @defaultValue the class's `callArguments` in order */
  readonly inputNames?: readonly string[] | undefined;
  readonly outputs: readonly SymbolicTensor[];
  /** The `training` given at this application; it wins for the layer and everything inside it. */
  readonly training: boolean | undefined;
  /** The other arguments that are plain data. */
  readonly options: Config;
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

/**
 * A part of a model: weights, and a function from tensors to tensors.
 *
 * `trainable` says which variables get gradients; `training`, an argument of every application, says how the layer
 * behaves. They are independent, except where a layer declares `inferenceWhenFrozen`.
 *
 * A subclass gives `static className`, creates weights in `build` and computes in `call`.
 */
export abstract class Layer extends Weighted {
  readonly name: string;
  readonly dtype: FloatDType;
  /** A price on the outputs, which joins the loss. */
  readonly activityRegularizer: Regularizer | null;
  /** The applications of this layer to symbolic tensors, in order. */
  readonly inboundNodes: LayerNode[] = [];
  #built = false;

  /** Keras's name of the class, as files have it. */
  static readonly className: string = 'Layer';

  /** Names of the arguments that take tensors, by position, as Keras's `call` has them. */
  static readonly callArguments: readonly string[] = ['inputs', 'mask'];

  /** Names of the arguments besides `training` that take plain data. */
  static readonly callOptions: readonly string[] = [];

  constructor(config: LayerConfig = {}) {
    const { trainable = true } = config;
    super(trainable);
    noteUse(this.constructor as typeof Layer);
    checkBooleanOption(this.className, 'trainable', trainable);
    this.name = config.name ?? uniqueName(this.className);
    this.dtype = config.dtype ?? floatx();
    this.activityRegularizer = getRegularizer(config.activityRegularizer);
  }

  get className(): string {
    return (this.constructor as typeof Layer).className;
  }

  /** The class in paths of weights: Keras's own name for it in snake case, which is not always that of `className`. */
  get pathName(): string {
    return snakeCase(this.className);
  }

  /** Whether a frozen layer behaves as in inference even when `training` is asked for. */
  get inferenceWhenFrozen(): boolean {
    return false;
  }

  /** Whether in training what becomes of a sample depends on the others in its batch. */
  get mixesSamples(): boolean {
    return this.sublayers.some((layer) => layer.mixesSamples);
  }

  /**
   * Behave as in inference whatever `training` says, while weights may still train. Fine-tuning sets it on batch
   * normalisations, so that a handful of pictures does not replace the statistics of millions.
   */
  inferenceMode = false;

  /** Whether the layer behaves as in inference whatever `training` says. */
  get isHeld(): boolean {
    return this.inferenceMode || (this.inferenceWhenFrozen && !this.trainable);
  }

  /**
   * Whether, run so, what becomes of a sample depends on the sample and the weights alone: nothing is drawn, remembered or
   * added to the loss, and the batch does not matter. What such layers give may be kept for as long as the weights stay.
   */
  isPure(training: boolean): boolean {
    const active = training && !this.isHeld;
    if (this.activityRegularizer !== null || (active && (this.states.length > 0 || this.mixesSamples))) return false;
    return this.sublayers.every((layer) => layer.isPure(active));
  }

  /**
   * Whether masks matter to the layer: those of its inputs go on to its outputs, or `computeMask` says what does. Where a
   * layer does not support masking, masks end.
   */
  get supportsMasking(): boolean {
    return false;
  }

  /** Variables that are no weights, and that files of Keras 3 keep with them all the same, by their names there. */
  get stored(): Readonly<Record<string, Variable>> {
    return {};
  }

  /** Layers inside this one by Keras's names of the attributes that hold them, in the order in which Keras finds them. */
  get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
    return {};
  }

  /** Layers inside this one. */
  get sublayers(): readonly Layer[] {
    return Object.values(this.parts).flat();
  }

  /** What the layer asks of its inputs, one entry for each. Checked before every application. */
  get inputSpec(): readonly InputSpec[] {
    return [];
  }

  /** Computes the result. Weights exist; shapes have been checked against `inputSpec`. */
  abstract call(inputs: readonly Tensor[], context: CallContext): Tensor | readonly Tensor[];

  /**
   * The masks of the outputs, in order; what is left out is `null`. Asked only of layers that support masking.
   * @param inputs those of the first argument
   * @param masks theirs
   */
  computeMask(
    _inputs: readonly Tensor[],
    masks: readonly (Tensor | null)[],
  ): Tensor | null | readonly (Tensor | null)[] {
    return masks;
  }

  /** Creates the weights for inputs of these shapes. Called once, before the first application. */
  protected createWeights(_inputShapes: readonly SymbolicShape[], _inputNames: readonly string[]): void {}

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
    const { inputs, inputNames } = this.#sort(inputShapes, [], {});
    this.#build(inputs, inputNames);
  }

  #build(inputShapes: readonly SymbolicShape[], inputNames: readonly string[]): void {
    if (this.#built) return;
    checkInputs(this, inputShapes);
    this.createOwnWeights(() => this.createWeights(inputShapes, inputNames));
    this.#built = true;
  }

  /**
   * Adds a scalar to the loss of whoever is computing one. To be called from `call`. Outside of training and evaluation
   * it is forgotten.
   */
  protected addLoss(loss: Tensor): void {
    addLoss(loss);
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
    const { inputs: inputShapes, inputNames } = this.#sort(shapes, [], options);
    checkInputs(this, inputShapes);
    this.#build(inputShapes, inputNames);
    return isSymbolic(inputs)
      ? this.#applySymbolically(inputs, options)
      : this.run(inputs as readonly Tensor[], { ...options, training: options.training ?? false }).outputs;
  }

  /** Computes the outputs for inputs without masks. */
  callWith(inputs: readonly Tensor[], training: boolean): readonly Tensor[] {
    return this.run(inputs, { training }).outputs;
  }

  /** Computes the outputs and their masks; the one way in which models run the layers inside them. */
  run(inputs: readonly Tensor[], options: RunOptions): MaskedTensors {
    const given = this.#sort(inputs, options.masks ?? [], options);
    checkInputs(
      this,
      given.inputs.map(({ shape }) => shape),
    );
    const outer = currentOrigin();
    return withOrigin(outer === '' ? this.name : `${outer}/${this.name}`, () => {
      const results = this.callWithMasks(given, options.training && !this.isHeld);
      if (this.activityRegularizer !== null) this.#addActivityLosses(this.activityRegularizer, results.outputs);
      noteRun({ layer: this, inputs: given.inputs, outputs: results.outputs });
      return results;
    });
  }

  /** `call`, and the masks of what it gives. Models, whose masks come from inside, have their own. */
  protected callWithMasks(given: Arguments<Tensor>, training: boolean): MaskedTensors {
    const { inputs, inputNames, masks, options, first, firstMasks } = given;
    const result = this.call(inputs, { training, masks, inputNames, options });
    const outputs = result instanceof Tensor ? [result] : result;
    const found = this.supportsMasking ? this.computeMask(first, firstMasks) : null;
    const list = found === null || found instanceof Tensor ? [found] : found;
    return { outputs, masks: outputs.map((_, i) => list[i] ?? null) };
  }

  #sort<T>(inputs: readonly T[], masks: readonly (T | null)[], call: Call): Arguments<T> {
    const layerClass = this.constructor as typeof Layer;
    return sortArguments(`${this.className} '${this.name}'`, layerClass, inputs, masks, call);
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

  #applySymbolically(inputs: readonly SymbolicTensor[], given: ApplyOptions): readonly SymbolicTensor[] {
    const { inputNames, training, options = {} } = given;
    const specs = this.inferOutputs(inputs, given);
    const outputs: SymbolicTensor[] = [];
    const node: LayerNode = { layer: this, inputs: [...inputs], inputNames, outputs, training, options };
    specs.forEach(({ shape, dtype }, position) => {
      outputs.push(new SymbolicTensor(shape, dtype, node, position));
    });
    this.inboundNodes.push(node);
    return outputs;
  }

  /** Shapes and dtypes of the outputs for symbolic inputs. A layer that is costly to probe has a way of its own. */
  inferOutputs(inputs: readonly SymbolicSpec[], { inputNames, options }: Call = {}): readonly SymbolicSpec[] {
    const compute = (tensors: readonly Tensor[]): readonly Tensor[] =>
      this.run(tensors, { training: false, inputNames, options }).outputs;
    return probeOutputs(this.name, compute, inputs);
  }
}

function isSymbolic(inputs: readonly SymbolicTensor[] | readonly Tensor[]): inputs is readonly SymbolicTensor[] {
  return inputs[0] instanceof SymbolicTensor;
}
