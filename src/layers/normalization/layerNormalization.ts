import {
  batchNorm,
  type Config,
  checkAxes,
  checkBooleanOption,
  invalidOption,
  mean,
  reshape,
  type Tensor,
  variance,
} from '../../tensor/index.js';
import { knownSize } from '../knownSize.js';
import type { InputSpec, SymbolicShape } from '../layer.js';
import { checkIntegers } from '../options.js';
import { Affine, type AffineConfig } from './affine.js';

/** Options of `LayerNormalization`. */
export interface LayerNormalizationConfig extends AffineConfig {
  /** The axes to normalise over. @defaultValue `-1` */
  readonly axis?: number | readonly number[];
  /** Divide by the deviation only. Use a layer of its own for that. @defaultValue `false` */
  readonly rmsScaling?: boolean;
}

/**
 * Brings each sample to mean 0 and variance 1 over some axes, then scales and shifts it (Ba et al., 2016):
 * `gamma (x - mean) / sqrt(variance + epsilon) + beta`. Training and inference do not differ.
 *
 * Weights: `gamma`, `beta`, each with the sizes of the normalised axes.
 * Shape: unchanged.
 */
export class LayerNormalization extends Affine {
  static override readonly className = 'LayerNormalization';
  readonly axis: readonly number[];

  /** @throws {ArgumentError} */
  constructor(config: LayerNormalizationConfig = {}) {
    super(config);
    this.axis = checkIntegers(this.className, 'axis', config.axis ?? -1);
    if (this.axis.length === 0) throw invalidOption(this.className, 'axis', 'at least one axis', config.axis);
    if (checkBooleanOption(this.className, 'rmsScaling', config.rmsScaling ?? false)) {
      throw invalidOption(
        this.className,
        'rmsScaling',
        'false',
        true,
        'Scaling by the deviation alone is not supported.',
      );
    }
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    const sizes = this.built && (this.scale || this.center) ? this.weight(this.scale ? 'gamma' : 'beta').shape : [];
    const axes = Object.fromEntries(sizes.map((size, i) => [this.axis[i] as number, size]));
    return [{ minRank: Math.max(...this.axis.map((axis) => (axis < 0 ? -axis : axis + 1))), axes }];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    this.addAffineWeights(this.axis.map((axis) => knownSize(this.className, shape, axis)));
  }

  override call([x]: readonly [Tensor]): Tensor {
    const axes = checkAxes(this.className, this.axis, x.rank);
    const over = { axes, keepDims: true };
    const features = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    const spread = (name: string): Tensor => reshape(this.weight(name).value, features);
    return batchNorm(x, {
      mean: mean(x, over),
      variance: variance(x, over),
      gamma: this.scale ? spread('gamma') : null,
      beta: this.center ? spread('beta') : null,
      epsilon: this.epsilon,
    });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis };
  }
}
