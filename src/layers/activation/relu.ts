import {
  type Config,
  checkNumberOption,
  greater,
  minimum,
  mul,
  relu,
  relu6,
  sub,
  type Tensor,
  where,
} from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of `ReLU`. */
export interface ReLUConfig extends LayerConfig {
  /** Where it saturates, at least 0; `null` for nowhere. @defaultValue `null` */
  readonly maxValue?: number | null;
  /** Slope below the threshold, at least 0. @defaultValue `0` */
  readonly negativeSlope?: number | null;
  /** Where it begins, at least 0. @defaultValue `0` */
  readonly threshold?: number | null;
}

/**
 * Rectified linear unit: `maxValue` above `maxValue`, `x` above `threshold`, `negativeSlope * (x - threshold)` below.
 * Shape: unchanged.
 */
export class ReLU extends Layer {
  static override readonly className = 'ReLU';
  readonly maxValue: number | null;
  readonly negativeSlope: number;
  readonly threshold: number;

  /** @throws {ArgumentError} */
  constructor(config: ReLUConfig = {}) {
    super(config);
    const { maxValue = null } = config;
    this.maxValue = maxValue === null ? null : checkNumberOption(this.className, 'maxValue', maxValue, { min: 0 });
    this.negativeSlope = checkNumberOption(this.className, 'negativeSlope', config.negativeSlope ?? 0, { min: 0 });
    this.threshold = checkNumberOption(this.className, 'threshold', config.threshold ?? 0, { min: 0 });
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const { maxValue, negativeSlope, threshold } = this;
    const isPlain = negativeSlope === 0 && threshold === 0;
    // Keras has a function of its own for 6, whose gradient at 6 is 0; a clip by any other bound has 1 there.
    if (isPlain && maxValue === 6) return relu6(x);
    const rectified = isPlain ? relu(x) : where(greater(x, threshold), x, mul(sub(x, threshold), negativeSlope));
    return maxValue === null ? rectified : minimum(rectified, maxValue);
  }

  override getConfig(): Config {
    const { maxValue, negativeSlope, threshold } = this;
    return { ...super.getConfig(), maxValue, negativeSlope, threshold };
  }
}
