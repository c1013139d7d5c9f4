import { type Config, formatShape, ShapeError, slice, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkChannelsLast } from '../options.js';
import { type Borders, type BordersLike, checkBorders } from './borders.js';

/** Options of `Cropping2D`. */
export interface Cropping2DConfig extends LayerConfig {
  /** Rows and columns to drop. @defaultValue `0` */
  readonly cropping?: BordersLike;
  /** @defaultValue `'channels_last'`, the only one there is */
  readonly dataFormat?: 'channels_last' | null;
}

/**
 * Pictures without their edges.
 * Shape: `[batch, height, width, channels] -> [batch, height - top - bottom, width - left - right, channels]`.
 */
export class Cropping2D extends Layer {
  static override readonly className = 'Cropping2D';
  readonly cropping: Borders;
  readonly #dataFormat: 'channels_last';

  /** @throws {ArgumentError} */
  constructor(config: Cropping2DConfig = {}) {
    super(config);
    this.cropping = checkBorders(this.className, 'cropping', config.cropping ?? 0);
    this.#dataFormat = checkChannelsLast(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  /** @throws {ShapeError} if nothing would be left. */
  override call([x]: readonly [Tensor]): Tensor {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const [[top, bottom], [left, right]] = this.cropping;
    const size = [height - top - bottom, width - left - right] as const;
    if (Math.min(...size) < 1) {
      throw new ShapeError({
        operation: `${this.className} '${this.name}'`,
        expected: `pictures larger than ${top + bottom} x ${left + right}`,
        received: formatShape(x.shape),
        remedy: 'Crop less.',
      });
    }
    return slice(x, [0, top, left, 0], [batch, ...size, channels]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), cropping: this.cropping, dataFormat: this.#dataFormat };
  }
}
