import { type Config, reshape, resizeNearest, type SizeLike, type Tensor } from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkDataFormat, checkSizes, type DataFormat } from '../options.js';

/** Options of `UpSampling3D`. */
export interface UpSampling3DConfig extends LayerConfig {
  /** How many times larger, one number or one for each axis. @defaultValue `2` */
  readonly size?: SizeLike;
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/**
 * Larger volumes: each element several times.
 * Shape: `[batch, depth, height, width, channels]`, `size` times as large along each axis of space.
 */
export class UpSampling3D extends Layer {
  static override readonly className = 'UpSampling3D';
  readonly size: readonly number[];
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(config: UpSampling3DConfig = {}) {
    super(config);
    this.size = checkSizes(this.className, 'size', config.size ?? 2, 3);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 5 }];
  }

  override call([input]: readonly [Tensor]): Tensor {
    return onChannelsLast(input, this.dataFormat, (x) => {
      const [batch, depth, height, width, channels] = x.shape as [number, number, number, number, number];
      const [d, h, w] = this.size as [number, number, number];
      const planes = resizeNearest(reshape(x, [batch * depth, height, width, channels]), [h * height, w * width]);
      const rows = reshape(planes, [batch, depth, h * height * w * width, channels]);
      const deeper = resizeNearest(rows, [d * depth, h * height * w * width]);
      return reshape(deeper, [batch, d * depth, h * height, w * width, channels]);
    });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), size: this.size, dataFormat: this.dataFormat };
  }
}
