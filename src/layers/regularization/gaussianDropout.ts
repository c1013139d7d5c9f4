import {
  add,
  type Config,
  checkNumberOption,
  type FloatDType,
  invalidOption,
  mul,
  randomNormal,
  type Tensor,
} from '../../tensor/index.js';
import type { Draw } from '../seedGenerator.js';
import { RandomLayer, type RandomLayerConfig } from './randomLayer.js';

/** Options of `GaussianDropout`. */
export interface GaussianDropoutConfig extends RandomLayerConfig {
  /** In `[0, 1)`; the noise has the variance that dropping this fraction would give. */
  readonly rate: number;
}

/**
 * In training, multiplies with normal noise of mean 1 and standard deviation `sqrt(rate / (1 - rate))`
 * (Srivastava et al., 2014). Shape: unchanged.
 */
export class GaussianDropout extends RandomLayer {
  static override readonly className = 'GaussianDropout';
  readonly rate: number;

  /** @throws {ArgumentError} */
  constructor(config: GaussianDropoutConfig) {
    super(config);
    this.rate = checkNumberOption(this.className, 'rate', config.rate, { min: 0, max: 1 });
    if (this.rate === 1) throw invalidOption(this.className, 'rate', 'less than 1', config.rate);
  }

  protected override get isActive(): boolean {
    return this.rate > 0;
  }

  protected override disturb(x: Tensor, draw: Draw): Tensor {
    const stddev = Math.sqrt(this.rate / (1 - this.rate));
    return mul(x, add(mul(randomNormal(x.shape, { ...draw, dtype: x.dtype as FloatDType }), stddev), 1));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate };
  }
}
