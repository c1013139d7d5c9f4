import { type Config, checkNumberOption, mul, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkCount } from '../options.js';

/** Options of `LayerScale`. */
export interface LayerScaleConfig extends LayerConfig {
  /** What every factor is at first. */
  readonly initValues: number;
  /** Number of features. */
  readonly projectionDim: number;
}

/**
 * A learnt factor for each feature, small at first, so that deep residual networks start out shallow (Touvron et al.,
 * 2021). Keras has it inside its ConvNeXt models.
 *
 * Weights: `gamma` `[projectionDim]`.
 * Shape: unchanged.
 */
export class LayerScale extends Layer {
  static override readonly className = 'LayerScale';
  readonly initValues: number;
  readonly projectionDim: number;

  /** @throws {ArgumentError} */
  constructor(config: LayerScaleConfig) {
    super(config);
    this.initValues = checkNumberOption(this.className, 'initValues', config.initValues);
    this.projectionDim = checkCount(this.className, 'projectionDim', config.projectionDim);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: 1, axes: { [-1]: this.projectionDim } }];
  }

  protected override createWeights(_: readonly SymbolicShape[]): void {
    const initializer = { className: 'Constant', config: { value: this.initValues } };
    this.addWeight('gamma', { shape: [this.projectionDim], initializer });
  }

  override call([x]: readonly [Tensor]): Tensor {
    return mul(x, this.weight('gamma').value);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), initValues: this.initValues, projectionDim: this.projectionDim };
  }
}
