import {
  add,
  type Config,
  checkNumberOption,
  type FloatDType,
  mul,
  randomNormal,
  type Tensor,
} from '../../tensor/index.js';
import type { Draw } from '../seedGenerator.js';
import { RandomLayer, type RandomLayerConfig } from './randomLayer.js';

/** Options of `GaussianNoise`. */
export interface GaussianNoiseConfig extends RandomLayerConfig {
  /** Standard deviation of the noise, at least 0. */
  readonly stddev: number;
}

/** In training, adds normal noise of mean 0. Shape: unchanged. */
export class GaussianNoise extends RandomLayer {
  static override readonly className = 'GaussianNoise';
  readonly stddev: number;

  /** @throws {ArgumentError} */
  constructor(config: GaussianNoiseConfig) {
    super(config);
    this.stddev = checkNumberOption(this.className, 'stddev', config.stddev, { min: 0 });
  }

  protected override get isActive(): boolean {
    return this.stddev > 0;
  }

  protected override disturb(x: Tensor, draw: Draw): Tensor {
    return add(x, mul(randomNormal(x.shape, { ...draw, dtype: x.dtype as FloatDType }), this.stddev));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), stddev: this.stddev };
  }
}
