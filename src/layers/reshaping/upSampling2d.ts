import {
  type Config,
  checkChoiceOption,
  type Interpolation,
  resize,
  type Size2d,
  type Size2dLike,
  type Tensor,
} from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkDataFormat, checkPair, type DataFormat } from '../options.js';

type UpSamplingInterpolation = Exclude<Interpolation, 'area'>;

const interpolations: readonly UpSamplingInterpolation[] = ['nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'];

/** Options of `UpSampling2D`. */
export interface UpSampling2DConfig extends LayerConfig {
  /** How many times larger. @defaultValue `2` */
  readonly size?: Size2dLike;
  /** Repeat pixels, or weigh those around each place. @defaultValue `'nearest'` */
  readonly interpolation?: UpSamplingInterpolation;
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/**
 * Larger pictures.
 * Shape: `[batch, height, width, channels] -> [batch, size[0] * height, size[1] * width, channels]`.
 */
export class UpSampling2D extends Layer {
  static override readonly className = 'UpSampling2D';
  readonly size: Size2d;
  readonly interpolation: UpSamplingInterpolation;
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(config: UpSampling2DConfig = {}) {
    super(config);
    this.size = checkPair(this.className, 'size', config.size ?? 2);
    const { interpolation = 'nearest' } = config;
    this.interpolation = checkChoiceOption(this.className, 'interpolation', interpolation, interpolations);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  override call([input]: readonly [Tensor]): Tensor {
    const { size, interpolation } = this;
    return onChannelsLast(input, this.dataFormat, (x) => {
      const [, height, width] = x.shape as [number, number, number];
      return resize(x, [size[0] * height, size[1] * width], { interpolation });
    });
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      size: this.size,
      dataFormat: this.dataFormat,
      interpolation: this.interpolation,
    };
  }
}
