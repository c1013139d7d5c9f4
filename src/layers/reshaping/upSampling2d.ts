import {
  type Config,
  checkChoiceOption,
  resizeBilinear,
  resizeNearest,
  type Size2d,
  type Size2dLike,
  type Tensor,
} from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkChannelsLast, checkPair } from '../options.js';

/** Options of `UpSampling2D`. */
export interface UpSampling2DConfig extends LayerConfig {
  /** How many times larger. @defaultValue `2` */
  readonly size?: Size2dLike;
  /** Repeat pixels, or weigh the four around each place. @defaultValue `'nearest'` */
  readonly interpolation?: 'nearest' | 'bilinear';
  /** @defaultValue `'channels_last'`, the only one there is */
  readonly dataFormat?: 'channels_last' | null;
}

/**
 * Larger pictures.
 * Shape: `[batch, height, width, channels] -> [batch, size[0] * height, size[1] * width, channels]`.
 */
export class UpSampling2D extends Layer {
  static override readonly className = 'UpSampling2D';
  readonly size: Size2d;
  readonly interpolation: 'nearest' | 'bilinear';
  readonly #dataFormat: 'channels_last';

  /** @throws {ArgumentError} */
  constructor(config: UpSampling2DConfig = {}) {
    super(config);
    this.size = checkPair(this.className, 'size', config.size ?? 2);
    this.interpolation = checkChoiceOption(this.className, 'interpolation', config.interpolation ?? 'nearest', [
      'nearest',
      'bilinear',
    ]);
    this.#dataFormat = checkChannelsLast(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const [, height, width] = x.shape as [number, number, number];
    const size = [this.size[0] * height, this.size[1] * width] as const;
    return this.interpolation === 'nearest' ? resizeNearest(x, size) : resizeBilinear(x, size);
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      size: this.size,
      dataFormat: this.#dataFormat,
      interpolation: this.interpolation,
    };
  }
}
