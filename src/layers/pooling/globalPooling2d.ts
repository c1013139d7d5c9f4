import {
  type Config,
  checkBooleanOption,
  checkChoiceOption,
  type ReduceOptions,
  type Tensor,
} from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import type { DataFormat } from '../options.js';

/** Options of the global pools. */
export interface GlobalPooling2DConfig extends LayerConfig {
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
  /** Keep rows and columns as axes of size 1. @defaultValue `false` */
  readonly keepdims?: boolean;
}

/** What the global pools have in common: one number for each channel of each picture. */
export abstract class GlobalPooling2D extends Layer {
  readonly dataFormat: DataFormat;
  readonly keepdims: boolean;

  /** @throws {ArgumentError} */
  constructor(config: GlobalPooling2DConfig = {}) {
    super(config);
    this.dataFormat = checkChoiceOption(this.className, 'dataFormat', config.dataFormat ?? 'channels_last', [
      'channels_last',
      'channels_first',
    ]);
    this.keepdims = checkBooleanOption(this.className, 'keepdims', config.keepdims ?? false);
  }

  /** What becomes of each channel. */
  protected abstract reduce(x: Tensor, over: ReduceOptions): Tensor;

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const axes = this.dataFormat === 'channels_last' ? [1, 2] : [2, 3];
    return this.reduce(x, { axes, keepDims: this.keepdims });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), dataFormat: this.dataFormat, keepdims: this.keepdims };
  }
}
