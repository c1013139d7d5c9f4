import {
  type Config,
  cast,
  checkBooleanOption,
  checkChoiceOption,
  checkNumberOption,
  type Interpolation,
  invalidOption,
  isFloating,
  resize,
  type Tensor,
} from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkCount, checkDataFormat, type DataFormat } from '../options.js';
import { cropToAspectRatio, padToAspectRatio } from './aspectRatio.js';
import { rounded } from './rounded.js';

const interpolations: readonly Interpolation[] = ['bilinear', 'nearest', 'bicubic', 'area', 'lanczos3', 'lanczos5'];

/** Options of `Resizing`. */
export interface ResizingConfig extends LayerConfig {
  readonly height: number;
  readonly width: number;
  /** @defaultValue `'bilinear'` */
  readonly interpolation?: Interpolation;
  /** Cut off what would be distorted. @defaultValue `false` */
  readonly cropToAspectRatio?: boolean;
  /** Fill up what would be distorted. @defaultValue `false` */
  readonly padToAspectRatio?: boolean;
  /** @defaultValue `'constant'`, the only one there is */
  readonly fillMode?: 'constant';
  /** What is filled up with. @defaultValue `0` */
  readonly fillValue?: number;
  /** Smooth before shrinking. @defaultValue `false` */
  readonly antialias?: boolean;
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/**
 * Pictures of one size. Whole numbers stay whole numbers: what comes between two of them is rounded.
 * Shape: `[batch, any, any, channels] -> [batch, height, width, channels]`.
 */
export class Resizing extends Layer {
  static override readonly className = 'Resizing';
  readonly height: number;
  readonly width: number;
  readonly interpolation: Interpolation;
  readonly cropToAspectRatio: boolean;
  readonly padToAspectRatio: boolean;
  readonly fillMode: 'constant';
  readonly fillValue: number;
  readonly antialias: boolean;
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(config: ResizingConfig) {
    super(config);
    const flag = (name: 'cropToAspectRatio' | 'padToAspectRatio' | 'antialias'): boolean =>
      checkBooleanOption(this.className, name, config[name] ?? false);
    this.height = checkCount(this.className, 'height', config.height);
    this.width = checkCount(this.className, 'width', config.width);
    const { interpolation = 'bilinear', fillMode = 'constant' } = config;
    this.interpolation = checkChoiceOption(this.className, 'interpolation', interpolation, interpolations);
    this.cropToAspectRatio = flag('cropToAspectRatio');
    this.padToAspectRatio = flag('padToAspectRatio');
    if (this.cropToAspectRatio && this.padToAspectRatio) {
      throw invalidOption(this.className, 'padToAspectRatio', 'false where cropToAspectRatio is true', true);
    }
    this.fillMode = checkChoiceOption(this.className, 'fillMode', fillMode, ['constant']);
    this.fillValue = checkNumberOption(this.className, 'fillValue', config.fillValue ?? 0);
    this.antialias = flag('antialias');
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  override call([input]: readonly [Tensor]): Tensor {
    return onChannelsLast(input, this.dataFormat, (x) => {
      if (isFloating(x.dtype) || this.interpolation === 'nearest') return this.#resize(x);
      return cast(rounded(this.#resize(cast(x, this.dtype))), x.dtype);
    });
  }

  #resize(x: Tensor): Tensor {
    const size = [this.height, this.width] as const;
    return resize(this.#fit(x, size), size, { interpolation: this.interpolation, antialias: this.antialias });
  }

  #fit(x: Tensor, size: readonly [number, number]): Tensor {
    if (this.cropToAspectRatio) return cropToAspectRatio(x, size);
    return this.padToAspectRatio ? padToAspectRatio(x, size, this.fillValue) : x;
  }

  override getConfig(): Config {
    const { height, width, interpolation, antialias, fillMode, fillValue, dataFormat } = this;
    return {
      ...super.getConfig(),
      height,
      width,
      interpolation,
      cropToAspectRatio: this.cropToAspectRatio,
      padToAspectRatio: this.padToAspectRatio,
      fillMode,
      fillValue,
      antialias,
      dataFormat,
    };
  }
}
