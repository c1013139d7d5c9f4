import { type Config, formatShape, ShapeError, slice, type Tensor } from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkDataFormat, type DataFormat, type SpaceRank } from '../options.js';
import { type Borders, type BordersLike, checkBorders, describeBorders } from './borders.js';

/** Options of `Cropping1D`. */
export interface Cropping1DConfig extends LayerConfig {
  /** Elements to drop at the ends of each axis of space. @defaultValue `1` for sequences and volumes, `0` for pictures */
  readonly cropping?: BordersLike;
}

/** Options of `Cropping2D` and `Cropping3D`. */
export interface CroppingConfig extends Cropping1DConfig {
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/** What the croppings have in common: space without its ends. */
abstract class Cropping extends Layer {
  readonly spaceRank: SpaceRank;
  readonly cropping: Borders;
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: CroppingConfig, byDefault: number) {
    super(config);
    this.spaceRank = spaceRank;
    this.cropping = checkBorders(this.className, 'cropping', config.cropping ?? byDefault, spaceRank);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: this.spaceRank + 2 }];
  }

  /** @throws {ShapeError} if nothing would be left. */
  override call([input]: readonly [Tensor]): Tensor {
    return onChannelsLast(input, this.dataFormat, (x) => this.#crop(x));
  }

  #crop(x: Tensor): Tensor {
    const size = this.cropping.map(([before, after], axis) => (x.shape[axis + 1] as number) - before - after);
    if (Math.min(...size) < 1) {
      throw new ShapeError({
        operation: `${this.className} '${this.name}'`,
        expected: `an input larger than ${this.cropping.map(([before, after]) => before + after).join(' x ')}`,
        received: formatShape(x.shape),
        remedy: 'Crop less.',
      });
    }
    return slice(x, [0, ...this.cropping.map(([before]) => before)], [-1, ...size]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), cropping: describeBorders(this.cropping), dataFormat: this.dataFormat };
  }
}

/** Sequences without their ends. Shape: `[batch, steps, channels] -> [batch, steps - before - after, channels]`. */
export class Cropping1D extends Cropping {
  static override readonly className = 'Cropping1D';

  /** @throws {ArgumentError} */
  constructor(config: Cropping1DConfig = {}) {
    super(1, { ...config, dataFormat: 'channels_last' }, 1);
  }

  /** Keras's class has no `dataFormat`. */
  override getConfig(): Config {
    const { dataFormat: _, ...config } = super.getConfig();
    return config;
  }
}

/**
 * Pictures without their edges.
 * Shape: `[batch, height, width, channels] -> [batch, height - top - bottom, width - left - right, channels]`.
 */
export class Cropping2D extends Cropping {
  static override readonly className = 'Cropping2D';

  /** @throws {ArgumentError} */
  constructor(config: CroppingConfig = {}) {
    super(2, config, 0);
  }
}

/** Volumes without their edges. Shape: `[batch, depth, height, width, channels]`, smaller along each axis of space. */
export class Cropping3D extends Cropping {
  static override readonly className = 'Cropping3D';

  /** @throws {ArgumentError} */
  constructor(config: CroppingConfig = {}) {
    super(3, config, 1);
  }
}
