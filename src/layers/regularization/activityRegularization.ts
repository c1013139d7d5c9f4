import type { Config, Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { type L1L2Config, l1l2 } from '../regularizers.js';

/** Options of `ActivityRegularization`. */
export interface ActivityRegularizationConfig extends Omit<LayerConfig, 'activityRegularizer'>, L1L2Config {}

/**
 * Passes its input on, and adds `(l1 sum |x| + l2 sum x^2) / batch` to the loss, in training and in evaluation.
 * Shape: unchanged.
 */
export class ActivityRegularization extends Layer {
  static override readonly className = 'ActivityRegularization';
  readonly l1: number;
  readonly l2: number;

  /** @throws {ArgumentError} */
  constructor(config: ActivityRegularizationConfig = {}) {
    const prices = l1l2(config);
    super({ ...config, activityRegularizer: prices });
    this.l1 = prices.config.l1 as number;
    this.l2 = prices.config.l2 as number;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return x;
  }

  override getConfig(): Config {
    const { activityRegularizer: _, ...config } = super.getConfig();
    return { ...config, l1: this.l1, l2: this.l2 };
  }
}
