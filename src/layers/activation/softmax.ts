import type { Config, Tensor } from '../../tensor/index.js';
import { type CallContext, type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkInteger, checkIntegers } from '../options.js';
import { maskedSoftmax } from './maskedSoftmax.js';

/** Options of `Softmax`. */
export interface SoftmaxConfig extends LayerConfig {
  /** The axis, or axes, along which the results sum to 1. @defaultValue `-1` */
  readonly axis?: number | readonly number[];
}

/** `e^x / sum(e^x)` along one or more axes. What a mask leaves out gets 0. Shape: unchanged. */
export class Softmax extends Layer {
  static override readonly className = 'Softmax';
  readonly axis: number | readonly number[];

  /** @throws {ArgumentError} */
  constructor(config: SoftmaxConfig = {}) {
    super(config);
    const axis = config.axis ?? -1;
    this.axis = Array.isArray(axis)
      ? checkIntegers(this.className, 'axis', axis)
      : checkInteger(this.className, 'axis', axis);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: 1 }];
  }

  /** @throws {AxisError} */
  override call([x]: readonly [Tensor], { masks: [mask = null] }: CallContext): Tensor {
    return maskedSoftmax(x, typeof this.axis === 'number' ? [this.axis] : this.axis, mask);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis };
  }
}
