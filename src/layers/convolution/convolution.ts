import {
  ArgumentError,
  add,
  type Config,
  checkBooleanOption,
  checkChoiceOption,
  formatValue,
  type SizeLike,
  type SpatialConvOptions,
  type Tensor,
} from '../../tensor/index.js';
import { type ActivationFunction, type ActivationLike, getActivation } from '../activations.js';
import { channelAxis, onChannelsLast } from '../channels.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { knownSize } from '../knownSize.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkDataFormat, checkSizes, type DataFormat, type SpaceRank } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';

/** Options of every convolution. Sizes are one number, or one for each axis of space. */
export interface ConvolutionConfig extends LayerConfig {
  /** Size of the filters. */
  readonly kernelSize: SizeLike;
  /** Elements from one window to the next. @defaultValue `1` */
  readonly strides?: SizeLike;
  /** `'same'`: as many elements out as in, divided by the strides; `'valid'`: no padding. @defaultValue `'valid'` */
  readonly padding?: 'valid' | 'same';
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
  /** Distance between the elements a filter looks at. @defaultValue `1` */
  readonly dilationRate?: SizeLike;
  /** @defaultValue `'linear'` */
  readonly activation?: ActivationLike | null;
  /** @defaultValue `true` */
  readonly useBias?: boolean;
  /** @defaultValue `'zeros'` */
  readonly biasInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly biasRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly biasConstraint?: ConstraintLike | null;
}

/** `'causal'`: each element of a sequence sees only what came before. */
type ConvolutionPadding = 'valid' | 'same' | 'causal';

/** Options as a file may have them: checked against what the class takes. */
export interface AnyPadding extends Omit<ConvolutionConfig, 'padding'> {
  readonly padding?: ConvolutionPadding;
}

/** What all convolutions have in common: the window, the bias and the activation. */
export abstract class Convolution extends Layer {
  /** Number of axes of space: 1 for sequences, 2 for pictures, 3 for volumes. */
  readonly spaceRank: SpaceRank;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: ConvolutionPadding;
  readonly dataFormat: DataFormat;
  readonly dilationRate: readonly number[];
  readonly activation: ActivationFunction;
  readonly useBias: boolean;
  readonly biasInitializer: Initializer;
  readonly biasRegularizer: Regularizer | null;
  readonly biasConstraint: Constraint | null;
  #channels: number | null = null;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: AnyPadding, paddings: readonly ConvolutionPadding[] = ['valid', 'same']) {
    super(config);
    this.spaceRank = spaceRank;
    this.kernelSize = checkSizes(this.className, 'kernelSize', config.kernelSize, spaceRank);
    this.strides = checkSizes(this.className, 'strides', config.strides ?? 1, spaceRank);
    this.padding = checkChoiceOption(this.className, 'padding', config.padding ?? 'valid', paddings);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
    this.dilationRate = checkSizes(this.className, 'dilationRate', config.dilationRate ?? 1, spaceRank);
    if (Math.max(...this.strides) > 1 && Math.max(...this.dilationRate) > 1) {
      throw new ArgumentError({
        operation: this.className,
        expected: 'strides or dilationRate to be 1',
        received: `strides ${formatValue(this.strides)}, dilationRate ${formatValue(this.dilationRate)}`,
        remedy: 'Keras knows no convolution with both.',
      });
    }
    this.activation = getActivation(config.activation);
    this.useBias = checkBooleanOption(this.className, 'useBias', config.useBias ?? true);
    this.biasInitializer = getInitializer(config.biasInitializer ?? 'zeros');
    this.biasRegularizer = getRegularizer(config.biasRegularizer);
    this.biasConstraint = getConstraint(config.biasConstraint);
  }

  /** Creates the kernels for inputs of so many channels. Returns the number of channels that come out. */
  protected abstract createKernels(channels: number): number;

  /** The sum over each window of `x`, whose channels come last, before bias and activation. */
  protected abstract convolve(x: Tensor): Tensor;

  /** How the window of a convolution moves. */
  protected get window(): SpatialConvOptions {
    const { strides, padding, dilationRate: dilations } = this;
    if (padding !== 'causal') return { strides, padding, dilations };
    const before = this.kernelSize.map((size, axis) => (size - 1) * (dilations[axis] as number));
    return { strides, dilations, padding: before.map((count) => [count, 0] as const) };
  }

  override get inputSpec(): readonly InputSpec[] {
    const axis = channelAxis(this.dataFormat);
    return [{ rank: this.spaceRank + 2, ...(this.#channels !== null && { axes: { [axis]: this.#channels } }) }];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    const channels = knownSize(this.className, shape, channelAxis(this.dataFormat));
    const filters = this.createKernels(channels);
    if (this.useBias) {
      this.addWeight('bias', {
        shape: [filters],
        initializer: this.biasInitializer,
        regularizer: this.biasRegularizer,
        constraint: this.biasConstraint,
      });
    }
    this.#channels = channels;
  }

  override call([input]: readonly [Tensor]): Tensor {
    const sums = onChannelsLast(input, this.dataFormat, (x) => {
      const products = this.convolve(x);
      return this.useBias ? add(products, this.weight('bias').value) : products;
    });
    return this.activation.apply(sums);
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      kernelSize: this.kernelSize,
      strides: this.strides,
      padding: this.padding,
      dataFormat: this.dataFormat,
      dilationRate: this.dilationRate,
      activation: this.activation.name,
      useBias: this.useBias,
      biasInitializer: describe(this.biasInitializer),
      biasRegularizer: describe(this.biasRegularizer),
      activityRegularizer: describe(this.activityRegularizer),
      biasConstraint: describe(this.biasConstraint),
    };
  }
}
