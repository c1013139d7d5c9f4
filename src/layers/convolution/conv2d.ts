import { ArgumentError, type Config, type ConvOptions, conv2d, ShapeError, type Tensor } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { checkCount } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';
import { Convolution, type ConvolutionConfig } from './convolution.js';

/** Options of `Conv2D`. */
export interface Conv2DConfig extends ConvolutionConfig {
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

/**
 * Convolution of pictures: `activation(x * kernel + bias)`.
 *
 * Weights: `kernel` `[rows, columns, channels / groups, filters]`, `bias` `[filters]`.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', filters]`.
 */
export class Conv2D extends Convolution {
  static override readonly className = 'Conv2D';
  static readonly aliases: readonly string[] = ['Convolution2D'];
  readonly filters: number;
  readonly groups: number;
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(config: Conv2DConfig) {
    super(config);
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

  protected override convolve(x: Tensor, window: ConvOptions): Tensor {
    return conv2d(x, this.weight('kernel').value, { ...window, groups: this.groups });
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
