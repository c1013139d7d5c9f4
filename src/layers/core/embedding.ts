import { type Config, cast, checkBooleanOption, gather, notEqual, type Tensor } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkCount } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';

/** Options of `Embedding`. */
export interface EmbeddingConfig extends LayerConfig {
  /** Number of different integers: the largest plus 1. */
  readonly inputDim: number;
  /** Number of features of each. */
  readonly outputDim: number;
  /** @defaultValue `'uniform'`: random in `[-0.05, 0.05]` */
  readonly embeddingsInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly embeddingsRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly embeddingsConstraint?: ConstraintLike | null;
  /** Let 0 stand for nothing: layers behind are told by a mask to leave it out. @defaultValue `false` */
  readonly maskZero?: boolean;
}

/**
 * A vector for each integer. Integers may come as floating numbers, as they do from arrays of plain numbers.
 *
 * Weights: `embeddings` `[inputDim, outputDim]`.
 * Shape: `[batch, ...] -> [batch, ..., outputDim]`.
 */
export class Embedding extends Layer {
  static override readonly className = 'Embedding';
  readonly inputDim: number;
  readonly outputDim: number;
  readonly maskZero: boolean;
  readonly embeddingsInitializer: Initializer;
  readonly embeddingsRegularizer: Regularizer | null;
  readonly embeddingsConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(config: EmbeddingConfig) {
    super(config);
    this.inputDim = checkCount(this.className, 'inputDim', config.inputDim);
    this.outputDim = checkCount(this.className, 'outputDim', config.outputDim);
    this.maskZero = checkBooleanOption(this.className, 'maskZero', config.maskZero ?? false);
    this.embeddingsInitializer = getInitializer(config.embeddingsInitializer ?? 'uniform');
    this.embeddingsRegularizer = getRegularizer(config.embeddingsRegularizer);
    this.embeddingsConstraint = getConstraint(config.embeddingsConstraint);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override get supportsMasking(): boolean {
    return this.maskZero;
  }

  override computeMask([x]: readonly [Tensor]): Tensor {
    return notEqual(x, 0);
  }

  protected override createWeights(): void {
    this.addWeight('embeddings', {
      shape: [this.inputDim, this.outputDim],
      initializer: this.embeddingsInitializer,
      regularizer: this.embeddingsRegularizer,
      constraint: this.embeddingsConstraint,
    });
  }

  override call([x]: readonly [Tensor]): Tensor {
    return gather(this.weight('embeddings').value, cast(x, 'int32'));
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      inputDim: this.inputDim,
      outputDim: this.outputDim,
      embeddingsInitializer: describe(this.embeddingsInitializer),
      embeddingsRegularizer: describe(this.embeddingsRegularizer),
      activityRegularizer: describe(this.activityRegularizer),
      embeddingsConstraint: describe(this.embeddingsConstraint),
      maskZero: this.maskZero,
    };
  }
}
