import {
  type Config,
  checkChoiceOption,
  type PoolOptions,
  type Size2d,
  type Size2dLike,
  type Tensor,
} from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkChannelsLast, checkPair } from '../options.js';

/** Options of the pools. */
export interface Pooling2DConfig extends LayerConfig {
  /** Rows and columns of the window. @defaultValue `2` */
  readonly poolSize?: Size2dLike;
  /** Pixels from one window to the next. @defaultValue `poolSize` */
  readonly strides?: Size2dLike | null;
  /** @defaultValue `'valid'` */
  readonly padding?: 'valid' | 'same';
  /** @defaultValue `'channels_last'`, the only one there is */
  readonly dataFormat?: 'channels_last' | null;
}

/** What the pools have in common: a window that moves over pictures. */
export abstract class Pooling2D extends Layer {
  readonly poolSize: Size2d;
  readonly strides: Size2d;
  readonly padding: 'valid' | 'same';
  readonly #dataFormat: 'channels_last';

  /** @throws {ArgumentError} */
  constructor(config: Pooling2DConfig = {}) {
    super(config);
    this.poolSize = checkPair(this.className, 'poolSize', config.poolSize ?? 2);
    this.strides = checkPair(this.className, 'strides', config.strides ?? this.poolSize);
    this.padding = checkChoiceOption(this.className, 'padding', config.padding ?? 'valid', ['valid', 'same']);
    this.#dataFormat = checkChannelsLast(this.className, config.dataFormat);
  }

  /** What becomes of each window. */
  protected abstract pool(x: Tensor, window: PoolOptions): Tensor;

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const { poolSize, strides, padding } = this;
    return this.pool(x, { poolSize, strides, padding });
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      poolSize: this.poolSize,
      padding: this.padding,
      strides: this.strides,
      dataFormat: this.#dataFormat,
    };
  }
}
