import { type Config, pad, type Tensor } from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkDataFormat, type DataFormat, type SpaceRank } from '../options.js';
import { type Borders, type BordersLike, checkBorders, describeBorders } from './borders.js';

/** Options of the paddings. */
export interface ZeroPaddingConfig extends LayerConfig {
  /** Elements to add at the ends of each axis of space. @defaultValue `1` */
  readonly padding?: BordersLike;
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/** What the paddings have in common: zeros around space. */
abstract class ZeroPadding extends Layer {
  readonly spaceRank: SpaceRank;
  readonly padding: Borders;
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: ZeroPaddingConfig) {
    super(config);
    this.spaceRank = spaceRank;
    this.padding = checkBorders(this.className, 'padding', config.padding ?? 1, spaceRank);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: this.spaceRank + 2 }];
  }

  override call([input]: readonly [Tensor]): Tensor {
    return onChannelsLast(input, this.dataFormat, (x) => pad(x, [[0, 0], ...this.padding, [0, 0]]));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), padding: describeBorders(this.padding), dataFormat: this.dataFormat };
  }
}

/** Zeros before and after sequences. Shape: `[batch, steps, channels] -> [batch, before + steps + after, channels]`. */
export class ZeroPadding1D extends ZeroPadding {
  static override readonly className = 'ZeroPadding1D';

  /** @throws {ArgumentError} */
  constructor(config: ZeroPaddingConfig = {}) {
    super(1, config);
  }
}

/**
 * Zeros around pictures.
 * Shape: `[batch, height, width, channels] -> [batch, top + height + bottom, left + width + right, channels]`.
 */
export class ZeroPadding2D extends ZeroPadding {
  static override readonly className = 'ZeroPadding2D';

  /** @throws {ArgumentError} */
  constructor(config: ZeroPaddingConfig = {}) {
    super(2, config);
  }
}

/** Zeros around volumes. Shape: `[batch, depth, height, width, channels]`, larger along each axis of space. */
export class ZeroPadding3D extends ZeroPadding {
  static override readonly className = 'ZeroPadding3D';

  /** @throws {ArgumentError} */
  constructor(config: ZeroPaddingConfig = {}) {
    super(3, config);
  }
}
