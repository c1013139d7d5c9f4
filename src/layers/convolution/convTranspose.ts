import { type Config, convTranspose, invalidOption, type SizeLike, type Tensor } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { checkCount, checkSizes, type SpaceRank } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';
import { Convolution, type ConvolutionConfig } from './convolution.js';

/** Options of the transposed convolutions. */
export interface ConvTransposeConfig extends ConvolutionConfig {
  /** Number of channels that come out. */
  readonly filters: number;
  /** Elements added at the end, less than the strides; `null` for the size Keras chooses. @defaultValue `null` */
  readonly outputPadding?: SizeLike | null;
  /** @defaultValue `'glorotUniform'` */
  readonly kernelInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly kernelRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly kernelConstraint?: ConstraintLike | null;
}

/**
 * What the transposed convolutions have in common: each element adds its filter to a larger result.
 *
 * Along each axis `padding: 'same'` gives `size * strides` elements, `'valid'`
 * `(size - 1) * strides + max(kernelSize, strides)`; with `outputPadding` it is `(size - 1) * strides + outputPadding`
 * plus `kernelSize` (valid) or `kernelSize % 2` (same).
 */
export abstract class ConvTranspose extends Convolution {
  readonly filters: number;
  readonly outputPadding: readonly number[] | null;
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: ConvTransposeConfig) {
    super(spaceRank, config);
    this.filters = checkCount(this.className, 'filters', config.filters);
    this.outputPadding =
      config.outputPadding == null
        ? null
        : checkSizes(this.className, 'outputPadding', config.outputPadding, spaceRank, 0);
    if (this.outputPadding?.some((count, axis) => count >= (this.strides[axis] as number))) {
      throw invalidOption(this.className, 'outputPadding', 'less than the strides', config.outputPadding);
    }
    this.kernelInitializer = getInitializer(config.kernelInitializer ?? 'glorotUniform');
    this.kernelRegularizer = getRegularizer(config.kernelRegularizer);
    this.kernelConstraint = getConstraint(config.kernelConstraint);
  }

  protected override createKernels(channels: number): number {
    this.addWeight('kernel', {
      shape: [...this.kernelSize, this.filters, channels],
      initializer: this.kernelInitializer,
      regularizer: this.kernelRegularizer,
      constraint: this.kernelConstraint,
    });
    return this.filters;
  }

  protected override convolve(x: Tensor): Tensor {
    const { strides, outputPadding, dilationRate: dilations } = this;
    const padding = this.padding === 'same' ? 'same' : 'valid';
    return convTranspose(x, this.weight('kernel').value, { strides, dilations, padding, outputPadding });
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      filters: this.filters,
      outputPadding: this.outputPadding,
      kernelInitializer: describe(this.kernelInitializer),
      kernelRegularizer: describe(this.kernelRegularizer),
      kernelConstraint: describe(this.kernelConstraint),
    };
  }
}
