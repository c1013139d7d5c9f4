import {
  add,
  type Config,
  checkAxes,
  checkNumberOption,
  invalidOption,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  type Tensor,
} from '../../tensor/index.js';
import { knownSize } from '../knownSize.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkIntegers } from '../options.js';

/** Options of `RMSNormalization`. */
export interface RMSNormalizationConfig extends LayerConfig {
  /** The axes to normalise over. @defaultValue `-1` */
  readonly axis?: number | readonly number[];
  /** Added to the mean square, at least 0. @defaultValue `1e-6` */
  readonly epsilon?: number;
}

/**
 * Brings each sample to mean square 1 over some axes, then scales it (Zhang and Sennrich, 2019):
 * `scale x / sqrt(mean(x^2) + epsilon)`.
 *
 * Weights: `scale`, with the sizes of the normalised axes.
 * Shape: unchanged.
 */
export class RMSNormalization extends Layer {
  static override readonly className = 'RMSNormalization';
  readonly axis: readonly number[];
  readonly epsilon: number;

  /** @throws {ArgumentError} */
  constructor(config: RMSNormalizationConfig = {}) {
    super(config);
    this.axis = checkIntegers(this.className, 'axis', config.axis ?? -1);
    if (this.axis.length === 0) throw invalidOption(this.className, 'axis', 'at least one axis', config.axis);
    this.epsilon = checkNumberOption(this.className, 'epsilon', config.epsilon ?? 1e-6, { min: 0 });
  }

  override get inputSpec(): readonly InputSpec[] {
    const sizes = this.built ? this.weight('scale').shape : [];
    const axes = Object.fromEntries(sizes.map((size, i) => [this.axis[i] as number, size]));
    return [{ minRank: Math.max(...this.axis.map((axis) => (axis < 0 ? -axis : axis + 1))), axes }];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    const sizes = this.axis.map((axis) => knownSize(this.className, shape, axis));
    this.addWeight('scale', { shape: sizes, initializer: 'ones' });
  }

  override call([x]: readonly [Tensor]): Tensor {
    const axes = checkAxes(this.className, this.axis, x.rank);
    const features = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    const meanSquare = mean(square(x), { axes, keepDims: true });
    return mul(mul(x, rsqrt(add(meanSquare, this.epsilon))), reshape(this.weight('scale').value, features));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis, epsilon: this.epsilon };
  }
}
