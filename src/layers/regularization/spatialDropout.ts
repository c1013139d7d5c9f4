import { type Config, checkNumberOption, dropout, type Tensor } from '../../tensor/index.js';
import type { InputSpec } from '../layer.js';
import { checkDataFormat, type DataFormat, type SpaceRank } from '../options.js';
import type { Draw } from '../seedGenerator.js';
import { RandomLayer, type RandomLayerConfig } from './randomLayer.js';

/** Options of `SpatialDropout1D`. */
export interface SpatialDropout1DConfig extends RandomLayerConfig {
  /** Fraction of channels to drop, in `[0, 1]`. */
  readonly rate: number;
}

/** Options of `SpatialDropout2D` and `SpatialDropout3D`. */
export interface SpatialDropoutConfig extends SpatialDropout1DConfig {
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/**
 * Dropout of whole channels: neighbours in space are too alike for dropping single ones to mean much
 * (Tompson et al., 2014).
 */
abstract class SpatialDropout extends RandomLayer {
  readonly spaceRank: SpaceRank;
  readonly rate: number;
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: SpatialDropoutConfig) {
    super(config);
    this.spaceRank = spaceRank;
    this.rate = checkNumberOption(this.className, 'rate', config.rate, { min: 0, max: 1 });
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: this.spaceRank + 2 }];
  }

  protected override get isActive(): boolean {
    return this.rate > 0;
  }

  protected override disturb(x: Tensor, draw: Draw): Tensor {
    const channels = this.dataFormat === 'channels_last' ? x.rank - 1 : 1;
    const noiseShape = x.shape.map((size, axis) => (axis === 0 || axis === channels ? size : 1));
    return dropout(x, { rate: this.rate, noiseShape, ...draw });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate, dataFormat: this.dataFormat };
  }
}

/** Dropout of whole channels of sequences. Shape: `[batch, steps, channels]`, unchanged. */
export class SpatialDropout1D extends SpatialDropout {
  static override readonly className = 'SpatialDropout1D';

  /** @throws {ArgumentError} */
  constructor(config: SpatialDropout1DConfig) {
    super(1, { ...config, dataFormat: 'channels_last' });
  }

  /** Keras's class has no `dataFormat`. */
  override getConfig(): Config {
    const { dataFormat: _, ...config } = super.getConfig();
    return config;
  }
}

/** Dropout of whole channels of pictures. Shape: `[batch, height, width, channels]`, unchanged. */
export class SpatialDropout2D extends SpatialDropout {
  static override readonly className = 'SpatialDropout2D';

  /** @throws {ArgumentError} */
  constructor(config: SpatialDropoutConfig) {
    super(2, config);
  }
}

/** Dropout of whole channels of volumes. Shape: `[batch, depth, height, width, channels]`, unchanged. */
export class SpatialDropout3D extends SpatialDropout {
  static override readonly className = 'SpatialDropout3D';

  /** @throws {ArgumentError} */
  constructor(config: SpatialDropoutConfig) {
    super(3, config);
  }
}
