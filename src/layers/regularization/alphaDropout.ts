import {
  add,
  type Config,
  checkNumberOption,
  greaterEqual,
  invalidOption,
  mul,
  randomUniform,
  type Tensor,
  where,
} from '../../tensor/index.js';
import type { SymbolicShape } from '../layer.js';
import type { Draw } from '../seedGenerator.js';
import { checkNoiseShape, maskShape } from './noiseShape.js';
import { RandomLayer, type RandomLayerConfig } from './randomLayer.js';

/** Options of `AlphaDropout`. */
export interface AlphaDropoutConfig extends RandomLayerConfig {
  /** Fraction of elements to drop, in `[0, 1)`. */
  readonly rate: number;
  /** Shape of the mask, which broadcasts; `null` is the input's own size. @defaultValue the shape of the input */
  readonly noiseShape?: SymbolicShape | null;
}

/** What a scaled exponential linear unit comes to far below 0: `-scale * alpha`. */
const saturation = -1.7580993408473766;

/**
 * In training, sets a random part of the input to where `selu` saturates, and scales and shifts the result so that mean 0
 * and variance 1 stay what they are (Klambauer et al., 2017). In inference it changes nothing.
 *
 * Shape: unchanged.
 */
export class AlphaDropout extends RandomLayer {
  static override readonly className = 'AlphaDropout';
  readonly rate: number;
  readonly noiseShape: SymbolicShape | null;

  /** @throws {ArgumentError} */
  constructor(config: AlphaDropoutConfig) {
    super(config);
    this.rate = checkNumberOption(this.className, 'rate', config.rate, { min: 0, max: 1 });
    if (this.rate === 1) throw invalidOption(this.className, 'rate', 'less than 1', config.rate);
    this.noiseShape = checkNoiseShape(this.className, config.noiseShape);
  }

  protected override get isActive(): boolean {
    return this.rate > 0;
  }

  /** @throws {ShapeError} if `noiseShape` does not broadcast to the input. */
  protected override disturb(x: Tensor, draw: Draw): Tensor {
    const { rate } = this;
    const dtype = x.dtype === 'float64' ? 'float64' : 'float32';
    const kept = greaterEqual(randomUniform(maskShape(this, this.noiseShape, x.shape), { ...draw, dtype }), rate);
    const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * saturation ** 2));
    return add(mul(where(kept, x, saturation), scale), -scale * saturation * rate);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), rate: this.rate, noiseShape: this.noiseShape };
  }
}
