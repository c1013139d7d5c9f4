import { type Config, checkNumberOption, leakyRelu, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of `LeakyReLU`. */
export interface LeakyReLUConfig extends LayerConfig {
  /** Slope below 0. @defaultValue `0.3` */
  readonly negativeSlope?: number | null;
  /** What Keras 2 called `negativeSlope`. */
  readonly alpha?: number | null;
}

/** `x` above 0, `negativeSlope * x` below. Shape: unchanged. */
export class LeakyReLU extends Layer {
  static override readonly className = 'LeakyReLU';
  readonly negativeSlope: number;

  /** @throws {ArgumentError} */
  constructor(config: LeakyReLUConfig = {}) {
    super(config);
    const slope = config.negativeSlope ?? config.alpha ?? 0.3;
    this.negativeSlope = checkNumberOption(this.className, 'negativeSlope', slope);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return leakyRelu(x, this.negativeSlope);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), negativeSlope: this.negativeSlope };
  }
}
