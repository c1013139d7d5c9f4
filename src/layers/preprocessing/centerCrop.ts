import { type Config, cast, resize, slice, type Tensor } from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkCount, checkDataFormat, type DataFormat } from '../options.js';
import { cropToAspectRatio } from './aspectRatio.js';

/** Options of `CenterCrop`. */
export interface CenterCropConfig extends LayerConfig {
  readonly height: number;
  readonly width: number;
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/**
 * The middle of pictures. Pictures that are smaller are cut to the shape and enlarged.
 * Shape: `[batch, any, any, channels] -> [batch, height, width, channels]`.
 */
export class CenterCrop extends Layer {
  static override readonly className = 'CenterCrop';
  readonly height: number;
  readonly width: number;
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(config: CenterCropConfig) {
    super(config);
    this.height = checkCount(this.className, 'height', config.height);
    this.width = checkCount(this.className, 'width', config.width);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  override call([input]: readonly [Tensor]): Tensor {
    return onChannelsLast(cast(input, this.dtype), this.dataFormat, (x) => {
      const size = [this.height, this.width] as const;
      const begin = size.map((wanted, i) => Math.floor(((x.shape[i + 1] as number) - wanted) / 2));
      if (begin.every((first) => first >= 0)) return slice(x, [0, ...begin], [-1, ...size]);
      return resize(cropToAspectRatio(x, size), size);
    });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), height: this.height, width: this.width, dataFormat: this.dataFormat };
  }
}
