import { type Config, checkNumberOption, dropout, type Tensor } from '../../tensor/index.js';
import type { SymbolicShape } from '../layer.js';
import type { Draw } from '../seedGenerator.js';
import { checkNoiseShape, maskShape } from './noiseShape.js';
import { RandomLayer, type RandomLayerConfig } from './randomLayer.js';

/** Options of `Dropout`. */
export interface DropoutConfig extends RandomLayerConfig {
  /** Fraction of elements to drop, in `[0, 1]`. */
  readonly rate: number;
  /**
   * Shape of the mask, which broadcasts; `null` is the input's own size. `[null, 1, 1, null]` drops whole channels.
   * @defaultValue the shape of the input
   */
  readonly noiseShape?: SymbolicShape | null;
}

/**
 * In training, replaces a random part of the input by 0 and divides the rest by `1 - rate`, so that the sum stays the
 * same on average (Srivastava et al., 2014). In inference it changes nothing.
 *
 * Shape: unchanged.
 */
export class Dropout extends RandomLayer {
  static override readonly className = 'Dropout';
  readonly rate: number;
  readonly noiseShape: SymbolicShape | null;

  /** @throws {ArgumentError} */
  constructor(config: DropoutConfig) {
    super(config);
    this.rate = checkNumberOption(this.className, 'rate', config.rate, { min: 0, max: 1 });
    this.noiseShape = checkNoiseShape(this.className, config.noiseShape);
  }

  protected override get isActive(): boolean {
    return this.rate > 0;
  }

  /** @throws {ShapeError} if `noiseShape` does not broadcast to the input. */
  protected override disturb(x: Tensor, draw: Draw): Tensor {
    return dropout(x, { rate: this.rate, noiseShape: maskShape(this, this.noiseShape, x.shape), ...draw });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate, noiseShape: this.noiseShape };
  }
}
