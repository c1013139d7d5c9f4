import {
  type Config,
  checkChoiceOption,
  type SizeLike,
  type SpatialPoolOptions,
  type Tensor,
} from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkDataFormat, checkSizes, type DataFormat, type SpaceRank } from '../options.js';

/** Options of the pools. Sizes are one number, or one for each axis of space. */
export interface PoolingConfig extends LayerConfig {
  /** Size of the window. @defaultValue `2` */
  readonly poolSize?: SizeLike;
  /** Elements from one window to the next. @defaultValue `poolSize` */
  readonly strides?: SizeLike | null;
  /** @defaultValue `'valid'` */
  readonly padding?: 'valid' | 'same';
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/** What the pools have in common: a window that moves over sequences, pictures or volumes. */
export abstract class Pooling extends Layer {
  readonly spaceRank: SpaceRank;
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'valid' | 'same';
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: PoolingConfig) {
    super(config);
    this.spaceRank = spaceRank;
    this.poolSize = checkSizes(this.className, 'poolSize', config.poolSize ?? 2, spaceRank);
    this.strides = checkSizes(this.className, 'strides', config.strides ?? this.poolSize, spaceRank);
    this.padding = checkChoiceOption(this.className, 'padding', config.padding ?? 'valid', ['valid', 'same']);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  /** What becomes of each window. */
  protected abstract pool(x: Tensor, window: SpatialPoolOptions): Tensor;

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: this.spaceRank + 2 }];
  }

  override call([input]: readonly [Tensor]): Tensor {
    const { poolSize, strides, padding } = this;
    return onChannelsLast(input, this.dataFormat, (x) => this.pool(x, { poolSize, strides, padding }));
  }

  override getConfig(): Config {
    const { poolSize, padding, strides, dataFormat } = this;
    return { ...super.getConfig(), poolSize, padding, strides, dataFormat };
  }
}
