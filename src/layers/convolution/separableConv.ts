import { type Config, conv, depthwiseConv, type Tensor } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { checkCount, type SpaceRank } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';
import { Convolution, type ConvolutionConfig } from './convolution.js';

/** Options of the separable convolutions. */
export interface SeparableConvConfig extends ConvolutionConfig {
  /** Number of channels that come out. */
  readonly filters: number;
  /** Number of filters for each channel in the first step. @defaultValue `1` */
  readonly depthMultiplier?: number;
  /** @defaultValue `'glorotUniform'` */
  readonly depthwiseInitializer?: InitializerLike;
  /** @defaultValue `'glorotUniform'` */
  readonly pointwiseInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly depthwiseRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly pointwiseRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly depthwiseConstraint?: ConstraintLike | null;
  /** @defaultValue `null` */
  readonly pointwiseConstraint?: ConstraintLike | null;
}

/** What the convolutions in two steps have in common: each channel with filters of its own, then all channels mixed. */
export abstract class SeparableConv extends Convolution {
  readonly filters: number;
  readonly depthMultiplier: number;
  readonly depthwiseInitializer: Initializer;
  readonly pointwiseInitializer: Initializer;
  readonly depthwiseRegularizer: Regularizer | null;
  readonly pointwiseRegularizer: Regularizer | null;
  readonly depthwiseConstraint: Constraint | null;
  readonly pointwiseConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: SeparableConvConfig) {
    super(spaceRank, config);
    this.filters = checkCount(this.className, 'filters', config.filters);
    this.depthMultiplier = checkCount(this.className, 'depthMultiplier', config.depthMultiplier ?? 1);
    this.depthwiseInitializer = getInitializer(config.depthwiseInitializer ?? 'glorotUniform');
    this.pointwiseInitializer = getInitializer(config.pointwiseInitializer ?? 'glorotUniform');
    this.depthwiseRegularizer = getRegularizer(config.depthwiseRegularizer);
    this.pointwiseRegularizer = getRegularizer(config.pointwiseRegularizer);
    this.depthwiseConstraint = getConstraint(config.depthwiseConstraint);
    this.pointwiseConstraint = getConstraint(config.pointwiseConstraint);
  }

  protected override createKernels(channels: number): number {
    this.addWeight('depthwise_kernel', {
      shape: [...this.kernelSize, channels, this.depthMultiplier],
      initializer: this.depthwiseInitializer,
      regularizer: this.depthwiseRegularizer,
      constraint: this.depthwiseConstraint,
    });
    this.addWeight('pointwise_kernel', {
      shape: [...this.kernelSize.map(() => 1), channels * this.depthMultiplier, this.filters],
      initializer: this.pointwiseInitializer,
      regularizer: this.pointwiseRegularizer,
      constraint: this.pointwiseConstraint,
    });
    return this.filters;
  }

  protected override convolve(x: Tensor): Tensor {
    const spread = depthwiseConv(x, this.weight('depthwise_kernel').value, this.window);
    return conv(spread, this.weight('pointwise_kernel').value);
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      filters: this.filters,
      depthMultiplier: this.depthMultiplier,
      depthwiseInitializer: describe(this.depthwiseInitializer),
      pointwiseInitializer: describe(this.pointwiseInitializer),
      depthwiseRegularizer: describe(this.depthwiseRegularizer),
      pointwiseRegularizer: describe(this.pointwiseRegularizer),
      depthwiseConstraint: describe(this.depthwiseConstraint),
      pointwiseConstraint: describe(this.pointwiseConstraint),
    };
  }
}
