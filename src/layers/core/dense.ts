import { add, type Config, checkBooleanOption, matmul, type Tensor } from '../../tensor/index.js';
import { type ActivationFunction, type ActivationLike, getActivation } from '../activations.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { knownSize } from '../knownSize.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkCount } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';

/** Options of `Dense`. */
export interface DenseConfig extends LayerConfig {
  /** Number of outputs, at least 1. */
  readonly units: number;
  /** @defaultValue `'linear'` */
  readonly activation?: ActivationLike | null;
  /** @defaultValue `true` */
  readonly useBias?: boolean;
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
 * A fully connected layer: `activation(x · kernel + bias)`, along the last axis.
 *
 * Weights: `kernel` `[features, units]`, `bias` `[units]`.
 * Shape: `[batch, ..., features] -> [batch, ..., units]`.
 */
export class Dense extends Layer {
  static override readonly className = 'Dense';
  readonly units: number;
  readonly activation: ActivationFunction;
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly biasConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(config: DenseConfig) {
    super(config);
    this.units = checkCount(this.className, 'units', config.units);
    this.activation = getActivation(config.activation);
    this.useBias = checkBooleanOption(this.className, 'useBias', config.useBias ?? true);
    this.kernelInitializer = getInitializer(config.kernelInitializer ?? 'glorotUniform');
    this.biasInitializer = getInitializer(config.biasInitializer ?? 'zeros');
    this.kernelRegularizer = getRegularizer(config.kernelRegularizer);
    this.biasRegularizer = getRegularizer(config.biasRegularizer);
    this.kernelConstraint = getConstraint(config.kernelConstraint);
    this.biasConstraint = getConstraint(config.biasConstraint);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get adaptable(): string {
    return 'kernel';
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: 2, ...(this.built && { axes: { [-1]: this.weight('kernel').shape[0] as number } }) }];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    this.addWeight('kernel', {
      shape: [knownSize(this.className, shape, -1), this.units],
      initializer: this.kernelInitializer,
      regularizer: this.kernelRegularizer,
      constraint: this.kernelConstraint,
    });
    if (!this.useBias) return;
    this.addWeight('bias', {
      shape: [this.units],
      initializer: this.biasInitializer,
      regularizer: this.biasRegularizer,
      constraint: this.biasConstraint,
    });
  }

  override call([x]: readonly [Tensor]): Tensor {
    const product = matmul(x, this.weightValue('kernel'));
    return this.activation.apply(this.useBias ? add(product, this.weight('bias').value) : product);
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      units: this.units,
      activation: this.activation.name,
      useBias: this.useBias,
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
