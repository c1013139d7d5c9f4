import { ArgumentError, type Config, conv, ShapeError, type Tensor } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { checkCount, type SpaceRank } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';
import { type AnyPadding, Convolution, type ConvolutionConfig } from './convolution.js';

/** Options that `Conv1D`, `Conv2D` and `Conv3D` have beyond those of every convolution. */
export interface FiltersConfig {
  /** Number of channels that come out. */
  readonly filters: number;
  /** Number of groups the channels are split into, each with filters of its own. @defaultValue `1` */
  readonly groups?: number;
  /** @defaultValue `'glorotUniform'` */
  readonly kernelInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly kernelRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly kernelConstraint?: ConstraintLike | null;
}

/** Options of `Conv2D` and `Conv3D`. */
export interface ConvConfig extends ConvolutionConfig, FiltersConfig {}

/** What the convolutions have in common whose filters see all channels, or all of a group. */
export abstract class Conv extends Convolution {
  readonly filters: number;
  readonly groups: number;
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(
    spaceRank: SpaceRank,
    config: AnyPadding & FiltersConfig,
    paddings?: readonly ('valid' | 'same' | 'causal')[],
  ) {
    super(spaceRank, config, paddings);
    this.filters = checkCount(this.className, 'filters', config.filters);
    this.groups = checkCount(this.className, 'groups', config.groups ?? 1);
    this.kernelInitializer = getInitializer(config.kernelInitializer ?? 'glorotUniform');
    this.kernelRegularizer = getRegularizer(config.kernelRegularizer);
    this.kernelConstraint = getConstraint(config.kernelConstraint);
    if (this.filters % this.groups !== 0) {
      throw new ArgumentError({
        operation: this.className,
        expected: 'a number of filters that is a multiple of groups',
        received: `${this.filters} filters, ${this.groups} groups`,
        remedy: 'Every group has the same number of filters.',
      });
    }
  }

  protected override createKernels(channels: number): number {
    if (channels % this.groups !== 0) {
      throw new ShapeError({
        operation: `${this.className} '${this.name}'`,
        expected: `a number of channels that is a multiple of ${this.groups} groups`,
        received: `${channels}`,
        remedy: 'Every group has the same number of channels.',
      });
    }
    this.addWeight('kernel', {
      shape: [...this.kernelSize, channels / this.groups, this.filters],
      initializer: this.kernelInitializer,
      regularizer: this.kernelRegularizer,
      constraint: this.kernelConstraint,
    });
    return this.filters;
  }

  override get adaptable(): string {
    return 'kernel';
  }

  protected override convolve(x: Tensor): Tensor {
    return conv(x, this.weightValue('kernel'), { ...this.window, groups: this.groups });
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      filters: this.filters,
      groups: this.groups,
      kernelInitializer: describe(this.kernelInitializer),
      kernelRegularizer: describe(this.kernelRegularizer),
      kernelConstraint: describe(this.kernelConstraint),
    };
  }
}
