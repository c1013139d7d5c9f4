import { type Config, checkNumberOption, greater, type Tensor, where } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of `ThresholdedReLU`. */
export interface ThresholdedReLUConfig extends LayerConfig {
  /** Where it begins, at least 0. @defaultValue `1` */
  readonly theta?: number;
}

/** `x` above `theta`, 0 below: a layer of Keras 2. In Keras 3 it is `ReLU({ threshold: theta })`. Shape: unchanged. */
export class ThresholdedReLU extends Layer {
  static override readonly className = 'ThresholdedReLU';
  readonly theta: number;

  /** @throws {ArgumentError} */
  constructor(config: ThresholdedReLUConfig = {}) {
    super(config);
    this.theta = checkNumberOption(this.className, 'theta', config.theta ?? 1, { min: 0 });
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return where(greater(x, this.theta), x, 0);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), theta: this.theta };
  }
}
