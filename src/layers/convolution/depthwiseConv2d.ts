import { type Config, type ConvOptions, depthwiseConv2d, type Tensor } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { checkCount } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';
import { Convolution, type ConvolutionConfig } from './convolution.js';

/** Options of `DepthwiseConv2D`. */
export interface DepthwiseConv2DConfig extends ConvolutionConfig {
  /** Number of filters for each channel. @defaultValue `1` */
  readonly depthMultiplier?: number;
  /** @defaultValue `'glorotUniform'` */
  readonly depthwiseInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly depthwiseRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly depthwiseConstraint?: ConstraintLike | null;
}

/**
 * Convolution of each channel with filters of its own; channel `c` gives channels `c * depthMultiplier + m`.
 *
 * Weights: `kernel` `[rows, columns, channels, depthMultiplier]` (Keras 2 called it `depthwise_kernel`),
 * `bias` `[channels * depthMultiplier]`.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', channels * depthMultiplier]`.
 */
export class DepthwiseConv2D extends Convolution {
  static override readonly className = 'DepthwiseConv2D';
  readonly depthMultiplier: number;
  readonly depthwiseInitializer: Initializer;
  readonly depthwiseRegularizer: Regularizer | null;
  readonly depthwiseConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(config: DepthwiseConv2DConfig) {
    super(config);
    this.depthMultiplier = checkCount(this.className, 'depthMultiplier', config.depthMultiplier ?? 1);
    this.depthwiseInitializer = getInitializer(config.depthwiseInitializer ?? 'glorotUniform');
    this.depthwiseRegularizer = getRegularizer(config.depthwiseRegularizer);
    this.depthwiseConstraint = getConstraint(config.depthwiseConstraint);
  }

  protected override createKernels(channels: number): number {
    this.addWeight('kernel', {
      shape: [...this.kernelSize, channels, this.depthMultiplier],
      initializer: this.depthwiseInitializer,
      regularizer: this.depthwiseRegularizer,
      constraint: this.depthwiseConstraint,
    });
    return channels * this.depthMultiplier;
  }

  protected override convolve(x: Tensor, window: ConvOptions): Tensor {
    return depthwiseConv2d(x, this.weight('kernel').value, window);
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      depthMultiplier: this.depthMultiplier,
      depthwiseInitializer: describe(this.depthwiseInitializer),
      depthwiseRegularizer: describe(this.depthwiseRegularizer),
      depthwiseConstraint: describe(this.depthwiseConstraint),
    };
  }
}
