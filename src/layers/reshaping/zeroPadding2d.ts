import { type Config, pad, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkChannelsLast } from '../options.js';
import { type Borders, type BordersLike, checkBorders } from './borders.js';

/** Options of `ZeroPadding2D`. */
export interface ZeroPadding2DConfig extends LayerConfig {
  /** Rows and columns to add. @defaultValue `1` */
  readonly padding?: BordersLike;
  /** @defaultValue `'channels_last'`, the only one there is */
  readonly dataFormat?: 'channels_last' | null;
}

/**
 * Zeros around pictures.
 * Shape: `[batch, height, width, channels] -> [batch, top + height + bottom, left + width + right, channels]`.
 */
export class ZeroPadding2D extends Layer {
  static override readonly className = 'ZeroPadding2D';
  readonly padding: Borders;
  readonly #dataFormat: 'channels_last';

  /** @throws {ArgumentError} */
  constructor(config: ZeroPadding2DConfig = {}) {
    super(config);
    this.padding = checkBorders(this.className, 'padding', config.padding ?? 1);
    this.#dataFormat = checkChannelsLast(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return pad(x, [[0, 0], ...this.padding, [0, 0]]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), padding: this.padding, dataFormat: this.#dataFormat };
  }
}
