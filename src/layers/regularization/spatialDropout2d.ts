import { type Config, checkNumberOption, dropout, type Tensor } from '../../tensor/index.js';
import type { InputSpec } from '../layer.js';
import { checkChannelsLast } from '../options.js';
import type { Draw } from '../seedGenerator.js';
import { RandomLayer, type RandomLayerConfig } from './randomLayer.js';

/** Options of `SpatialDropout2D`. */
export interface SpatialDropout2DConfig extends RandomLayerConfig {
  /** Fraction of channels to drop, in `[0, 1]`. */
  readonly rate: number;
  /** @defaultValue `'channels_last'`, the only one there is */
  readonly dataFormat?: 'channels_last' | null;
}

/**
 * Dropout of whole channels: neighbouring pixels are too alike for dropping single ones to mean much
 * (Tompson et al., 2014). Shape: `[batch, height, width, channels]`, unchanged.
 */
export class SpatialDropout2D extends RandomLayer {
  static override readonly className = 'SpatialDropout2D';
  readonly rate: number;
  readonly #dataFormat: 'channels_last';

  /** @throws {ArgumentError} */
  constructor(config: SpatialDropout2DConfig) {
    super(config);
    this.rate = checkNumberOption(this.className, 'rate', config.rate, { min: 0, max: 1 });
    this.#dataFormat = checkChannelsLast(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  protected override get isActive(): boolean {
    return this.rate > 0;
  }

  protected override disturb(x: Tensor, draw: Draw): Tensor {
    const [batch, , , channels] = x.shape as [number, number, number, number];
    return dropout(x, { rate: this.rate, noiseShape: [batch, 1, 1, channels], ...draw });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate, dataFormat: this.#dataFormat };
  }
}
