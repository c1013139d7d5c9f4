import type { Config, Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkInteger, checkIntegers } from '../options.js';
import { unitLength } from './unitLength.js';

/** Options of `UnitNormalization`. */
export interface UnitNormalizationConfig extends LayerConfig {
  /** The axis or axes to normalise over. @defaultValue `-1` */
  readonly axis?: number | readonly number[];
}

/** Brings each sample to length 1 along some axes: `x / sqrt(sum(x^2))`. Shape: unchanged. */
export class UnitNormalization extends Layer {
  static override readonly className = 'UnitNormalization';
  readonly axis: number | readonly number[];

  /** @throws {ArgumentError} */
  constructor(config: UnitNormalizationConfig = {}) {
    super(config);
    const { axis = -1 } = config;
    this.axis = Array.isArray(axis)
      ? checkIntegers(this.className, 'axis', axis)
      : checkInteger(this.className, 'axis', axis);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: Math.max(...[this.axis].flat().map((axis) => (axis < 0 ? -axis : axis + 1))) }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return unitLength(x, [this.axis].flat(), 1e-12);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis };
  }
}
