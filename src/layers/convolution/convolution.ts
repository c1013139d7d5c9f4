import {
  ArgumentError,
  add,
  type Config,
  type ConvOptions,
  checkBooleanOption,
  checkChoiceOption,
  formatValue,
  type Size2d,
  type Size2dLike,
  type Tensor,
} from '../../tensor/index.js';
import { type ActivationFunction, type ActivationLike, getActivation } from '../activations.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { knownSize } from '../knownSize.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkChannelsLast, checkPair } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';

/** Options of every convolution of pictures. */
export interface ConvolutionConfig extends LayerConfig {
  /** Rows and columns of the filters. */
  readonly kernelSize: Size2dLike;
  /** Pixels from one window to the next. @defaultValue `1` */
  readonly strides?: Size2dLike;
  /** `'same'`: as many pixels out as in, divided by the strides; `'valid'`: no padding. @defaultValue `'valid'` */
  readonly padding?: 'valid' | 'same';
  /** @defaultValue `'channels_last'`, the only one there is */
  readonly dataFormat?: 'channels_last' | null;
  /** Distance between the pixels a filter looks at. @defaultValue `1` */
  readonly dilationRate?: Size2dLike;
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

/** What all convolutions of pictures have in common: the window, the bias and the activation. */
export abstract class Convolution extends Layer {
  readonly kernelSize: Size2d;
  readonly strides: Size2d;
  readonly padding: 'valid' | 'same';
  readonly dilationRate: Size2d;
  readonly activation: ActivationFunction;
  readonly useBias: boolean;
  readonly biasInitializer: Initializer;
  readonly biasRegularizer: Regularizer | null;
  readonly biasConstraint: Constraint | null;
  readonly #dataFormat: 'channels_last';
  #channels: number | null = null;

  /** @throws {ArgumentError} */
  constructor(config: ConvolutionConfig) {
    super(config);
    this.kernelSize = checkPair(this.className, 'kernelSize', config.kernelSize);
    this.strides = checkPair(this.className, 'strides', config.strides ?? 1);
    this.padding = checkChoiceOption(this.className, 'padding', config.padding ?? 'valid', ['valid', 'same']);
    this.#dataFormat = checkChannelsLast(this.className, config.dataFormat);
    this.dilationRate = checkPair(this.className, 'dilationRate', config.dilationRate ?? 1);
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

  /** The sum over each window, before bias and activation. */
  protected abstract convolve(x: Tensor, window: ConvOptions): Tensor;

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4, ...(this.#channels !== null && { axes: { [-1]: this.#channels } }) }];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    const channels = knownSize(this.className, shape, -1);
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

  override call([x]: readonly [Tensor]): Tensor {
    const { strides, padding, dilationRate: dilations } = this;
    const sums = this.convolve(x, { strides, padding, dilations });
    return this.activation.apply(this.useBias ? add(sums, this.weight('bias').value) : sums);
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      kernelSize: this.kernelSize,
      strides: this.strides,
      padding: this.padding,
      dataFormat: this.#dataFormat,
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
