import { type Config, checkChoiceOption, reshape, sizeOf, type Tensor, transpose } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import type { DataFormat } from '../options.js';

/** Options of `Flatten`. */
export interface FlattenConfig extends LayerConfig {
  /** Channels that come first are moved to the end before flattening. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/** Each sample as one list of numbers. Shape: `[batch, ...] -> [batch, product of the rest]`. */
export class Flatten extends Layer {
  static override readonly className = 'Flatten';
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(config: FlattenConfig = {}) {
    super(config);
    this.dataFormat = checkChoiceOption(this.className, 'dataFormat', config.dataFormat ?? 'channels_last', [
      'channels_last',
      'channels_first',
    ]);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: 1 }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const [batch, ...rest] = x.shape as [number, ...number[]];
    const ordered = this.dataFormat === 'channels_first' && x.rank > 2 ? channelsLast(x) : x;
    return reshape(ordered, [batch, sizeOf(rest)]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), dataFormat: this.dataFormat };
  }
}

function channelsLast(x: Tensor): Tensor {
  const [batch, channels, ...rest] = x.shape.map((_, axis) => axis) as [number, number, ...number[]];
  return transpose(x, [batch, ...rest, channels]);
}
