import { type Config, depthwiseConv, type Tensor } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { checkCount, type SpaceRank } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';
import { Convolution, type ConvolutionConfig } from './convolution.js';

/** Options of the depthwise convolutions. */
export interface DepthwiseConvConfig extends ConvolutionConfig {
  /** Number of filters for each channel. @defaultValue `1` */
  readonly depthMultiplier?: number;
  /** @defaultValue `'glorotUniform'` */
  readonly depthwiseInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly depthwiseRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly depthwiseConstraint?: ConstraintLike | null;
}

/** What the convolutions have in common of each channel with filters of its own. */
export abstract class DepthwiseConv extends Convolution {
  readonly depthMultiplier: number;
  readonly depthwiseInitializer: Initializer;
  readonly depthwiseRegularizer: Regularizer | null;
  readonly depthwiseConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: DepthwiseConvConfig) {
    super(spaceRank, config);
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

  protected override convolve(x: Tensor): Tensor {
    return depthwiseConv(x, this.weight('kernel').value, this.window);
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
