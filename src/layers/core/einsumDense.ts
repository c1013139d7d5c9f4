import { add, type Config, einsum, invalidOption, type Tensor } from '../../tensor/index.js';
import { type ActivationFunction, type ActivationLike, getActivation } from '../activations.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike, withFanAxes } from '../initializers/index.js';
import { knownSize } from '../knownSize.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkCount } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';
import { einsumShapes } from './einsumShapes.js';

/** Options of `EinsumDense`. */
export interface EinsumDenseConfig extends LayerConfig {
  /** Axes of input, kernel and output, as in `abc,cd->abd`; `...` stands for any number of axes. */
  readonly equation: string;
  /** Shape of the output without the batch; `null` for sizes that the input gives. */
  readonly outputShape: number | readonly (number | null)[];
  /** Letters of the output axes that have a bias. @defaultValue `null`: no bias */
  readonly biasAxes?: string | null;
  /** @defaultValue `'linear'` */
  readonly activation?: ActivationLike | null;
  /** @defaultValue `'glorotUniform'` */
  readonly kernelInitializer?: InitializerLike;
  /** @defaultValue `'zeros'` */
  readonly biasInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly kernelRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly biasRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly kernelConstraint?: ConstraintLike | null;
  /** @defaultValue `null` */
  readonly biasConstraint?: ConstraintLike | null;
}

/**
 * A linear layer over any axes: `activation(einsum(equation, x, kernel) + bias)`.
 *
 * Weights: `kernel` and `bias`, of the shapes that the equation asks for.
 * Shape: `[batch, ...] -> [batch, ...outputShape]`.
 */
export class EinsumDense extends Layer {
  static override readonly className = 'EinsumDense';
  readonly equation: string;
  readonly outputShape: readonly (number | null)[];
  readonly biasAxes: string | null;
  readonly activation: ActivationFunction;
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly biasConstraint: Constraint | null;
  #rank: number | null = null;

  /** @throws {ArgumentError} */
  constructor(config: EinsumDenseConfig) {
    super(config);
    const { equation, outputShape, biasAxes = null } = config;
    if (typeof equation !== 'string') throw invalidOption(this.className, 'equation', 'text', equation);
    if (biasAxes !== null && typeof biasAxes !== 'string')
      throw invalidOption(this.className, 'biasAxes', 'text', biasAxes);
    this.equation = equation;
    this.biasAxes = biasAxes;
    const sizes = (Array.isArray(outputShape) ? outputShape : [outputShape]) as readonly unknown[];
    this.outputShape = sizes.map((size) => (size === null ? null : checkCount(this.className, 'outputShape', size)));
    this.activation = getActivation(config.activation);
    this.kernelInitializer = getInitializer(config.kernelInitializer ?? 'glorotUniform');
    this.biasInitializer = getInitializer(config.biasInitializer ?? 'zeros');
    this.kernelRegularizer = getRegularizer(config.kernelRegularizer);
    this.biasRegularizer = getRegularizer(config.biasRegularizer);
    this.kernelConstraint = getConstraint(config.kernelConstraint);
    this.biasConstraint = getConstraint(config.biasConstraint);
  }

  override get adaptable(): string {
    return 'kernel';
  }

  override get inputSpec(): readonly InputSpec[] {
    return [this.#rank === null ? { minRank: 1 } : { rank: this.#rank }];
  }

  protected override createWeights([input]: readonly [SymbolicShape]): void {
    const { equation, biasAxes, outputShape: output } = this;
    const { kernel, bias, ...axes } = einsumShapes(this.className, { equation, biasAxes, input, output });
    const known = (shape: SymbolicShape): readonly number[] =>
      shape.map((_, axis) => knownSize(`${this.className} '${this.name}' (${equation})`, shape, axis));
    this.addWeight('kernel', {
      shape: known(kernel),
      initializer: withFanAxes(this.kernelInitializer, axes),
      regularizer: this.kernelRegularizer,
      constraint: this.kernelConstraint,
    });
    if (bias !== null) {
      this.addWeight('bias', {
        shape: known(bias),
        initializer: this.biasInitializer,
        regularizer: this.biasRegularizer,
        constraint: this.biasConstraint,
      });
    }
    this.#rank = input.length;
  }

  override call([x]: readonly [Tensor]): Tensor {
    const product = einsum(this.equation, x, this.weightValue('kernel'));
    return this.activation.apply(this.biasAxes === null ? product : add(product, this.weight('bias').value));
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      equation: this.equation,
      outputShape: this.outputShape,
      biasAxes: this.biasAxes,
      activation: this.activation.name,
      kernelInitializer: describe(this.kernelInitializer),
      biasInitializer: describe(this.biasInitializer),
      kernelRegularizer: describe(this.kernelRegularizer),
      biasRegularizer: describe(this.biasRegularizer),
      activityRegularizer: describe(this.activityRegularizer),
      kernelConstraint: describe(this.kernelConstraint),
      biasConstraint: describe(this.biasConstraint),
    };
  }
}
