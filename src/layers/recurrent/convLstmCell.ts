import {
  ArgumentError,
  type Config,
  checkChoiceOption,
  conv,
  formatValue,
  invalidOption,
  reshape,
  type Shape,
  type SizeLike,
  type Tensor,
} from '../../tensor/index.js';
import type { SymbolicShape } from '../layer.js';
import { checkDataFormat, checkSizes, type DataFormat, type SpaceRank } from '../options.js';
import { LSTMCell, type LSTMCellConfig } from './lstmCell.js';

/** Options of `ConvLSTM1D`, `ConvLSTM2D` and `ConvLSTM3D`, as far as they are about a step. */
export interface ConvLSTMCellConfig extends Omit<LSTMCellConfig, 'units'> {
  /** Number of filters of each gate. */
  readonly filters: number;
  /** Size of the filters. */
  readonly kernelSize: SizeLike;
  /** Elements of the input from one window to the next. @defaultValue `1` */
  readonly strides?: SizeLike;
  /** @defaultValue `'valid'` */
  readonly padding?: 'valid' | 'same';
  /** @defaultValue `'channels_last'`, the only one there is */
  readonly dataFormat?: DataFormat | null;
  /** Distance between the elements of the input that a filter looks at. @defaultValue `1` */
  readonly dilationRate?: SizeLike;
}

/**
 * One step of an LSTM whose products are convolutions (Shi et al., 2015). States keep their size: they are convolved with
 * padding and without strides.
 * Shape: `[batch, ...space, channels], [batch, ...space', filters] (twice) -> [batch, ...space', filters]` three times.
 */
export class ConvLSTMCell extends LSTMCell {
  static override readonly className = 'ConvLSTMCell';
  readonly spaceRank: SpaceRank;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'valid' | 'same';
  readonly dataFormat: DataFormat;
  readonly dilationRate: readonly number[];

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: ConvLSTMCellConfig) {
    super({ ...config, units: config.filters });
    this.spaceRank = spaceRank;
    this.kernelSize = checkSizes(this.className, 'kernelSize', config.kernelSize, spaceRank);
    this.strides = checkSizes(this.className, 'strides', config.strides ?? 1, spaceRank);
    this.padding = checkChoiceOption(this.className, 'padding', config.padding ?? 'valid', ['valid', 'same']);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
    this.dilationRate = checkSizes(this.className, 'dilationRate', config.dilationRate ?? 1, spaceRank);
    if (this.dataFormat === 'channels_first') {
      throw invalidOption(this.className, 'dataFormat', "'channels_last'", this.dataFormat, 'Permute the input.');
    }
    if (Math.max(...this.strides) > 1 && Math.max(...this.dilationRate) > 1) {
      throw new ArgumentError({
        operation: this.className,
        expected: 'strides or dilationRate to be 1',
        received: `strides ${formatValue(this.strides)}, dilationRate ${formatValue(this.dilationRate)}`,
        remedy: 'Keras knows no convolution with both.',
      });
    }
  }

  protected override get window(): Shape {
    return this.kernelSize;
  }

  /** Each gate has its own. */
  protected override get maskCount(): number {
    return this.gates;
  }

  override stateShapes(input: SymbolicShape): readonly SymbolicShape[] {
    const space = input.slice(1, -1).map((size, axis) => (size === null ? null : this.#sizeAfter(size, axis)));
    const shape = [input[0] ?? null, ...space, this.units];
    return [shape, shape];
  }

  #sizeAfter(size: number, axis: number): number {
    const stride = this.strides[axis] as number;
    const reach = ((this.kernelSize[axis] as number) - 1) * (this.dilationRate[axis] as number);
    return Math.ceil((this.padding === 'same' ? size : size - reach) / stride);
  }

  /** All steps as one batch. */
  protected override readonly projectInputs = (inputs: Tensor, kernel: Tensor): Tensor => {
    const { strides, padding, dilationRate: dilations } = this;
    const [batch, steps, ...rest] = inputs.shape as [number, number, ...number[]];
    const sums = conv(reshape(inputs, [batch * steps, ...rest]), kernel, { strides, padding, dilations });
    return reshape(sums, [batch, steps, ...sums.shape.slice(1)]);
  };

  protected override readonly projectState = (state: Tensor, kernel: Tensor): Tensor =>
    conv(state, kernel, { padding: 'same' });

  override getConfig(): Config {
    const { units: filters, ...config } = super.getConfig();
    const { kernelSize, strides, padding, dataFormat, dilationRate } = this;
    return { ...config, filters, ...{ kernelSize, strides, padding, dataFormat, dilationRate } };
  }
}
