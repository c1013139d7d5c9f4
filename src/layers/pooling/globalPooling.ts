import { type Config, checkBooleanOption, type ReduceOptions, type Tensor } from '../../tensor/index.js';
import { type CallContext, type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkDataFormat, type DataFormat, type SpaceRank } from '../options.js';

/** Options of the global pools. */
export interface GlobalPoolingConfig extends LayerConfig {
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
  /** Keep the axes of space with size 1. @defaultValue `false` */
  readonly keepdims?: boolean;
}

/** What the global pools have in common: one number for each channel of each sample. */
export abstract class GlobalPooling extends Layer {
  readonly spaceRank: SpaceRank;
  readonly dataFormat: DataFormat;
  readonly keepdims: boolean;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: GlobalPoolingConfig) {
    super(config);
    this.spaceRank = spaceRank;
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
    this.keepdims = checkBooleanOption(this.className, 'keepdims', config.keepdims ?? false);
  }

  /** What becomes of each channel. */
  protected abstract reduce(x: Tensor, over: ReduceOptions, context: CallContext): Tensor;

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: this.spaceRank + 2 }];
  }

  override call([x]: readonly [Tensor], context: CallContext): Tensor {
    const first = this.dataFormat === 'channels_last' ? 1 : 2;
    const axes = Array.from({ length: this.spaceRank }, (_, i) => first + i);
    return this.reduce(x, { axes, keepDims: this.keepdims }, context);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), dataFormat: this.dataFormat, keepdims: this.keepdims };
  }
}
