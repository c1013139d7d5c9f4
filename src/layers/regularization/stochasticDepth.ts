import { type Config, checkNumberOption, dropout, type Tensor } from '../../tensor/index.js';
import type { LayerConfig } from '../layer.js';
import type { Draw } from '../seedGenerator.js';
import { RandomLayer } from './randomLayer.js';

/** Options of `StochasticDepth`. */
export interface StochasticDepthConfig extends LayerConfig {
  /** Fraction of samples whose path is dropped, in `[0, 1]`. */
  readonly dropPathRate: number;
}

/**
 * In training, drops whole samples of a residual path and divides the others by `1 - dropPathRate` (Huang et al., 2016).
 * In inference it changes nothing. Keras has it inside its ConvNeXt models.
 *
 * Shape: unchanged.
 */
export class StochasticDepth extends RandomLayer {
  static override readonly className = 'StochasticDepth';
  readonly dropPathRate: number;

  /** @throws {ArgumentError} */
  constructor(config: StochasticDepthConfig) {
    super(config);
    this.dropPathRate = checkNumberOption(this.className, 'dropPathRate', config.dropPathRate, { min: 0, max: 1 });
  }

  /** Keras's class lets masks end here. */
  override get supportsMasking(): boolean {
    return false;
  }

  protected override get isActive(): boolean {
    return this.dropPathRate > 0;
  }

  protected override disturb(x: Tensor, draw: Draw): Tensor {
    const noiseShape = x.shape.map((size, axis) => (axis === 0 ? size : 1));
    return dropout(x, { rate: this.dropPathRate, noiseShape, ...draw });
  }

  /** Keras's class has no `seed`. */
  override getConfig(): Config {
    const { seed: _, ...config } = super.getConfig();
    return { ...config, dropPathRate: this.dropPathRate };
  }
}
