import {
  add,
  type Config,
  cast,
  checkNumberOption,
  mul,
  type NestedArray,
  type Tensor,
  tensor,
} from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of `Rescaling`. */
export interface RescalingConfig extends LayerConfig {
  /** A factor, or one for each channel. */
  readonly scale: number | readonly number[];
  /** Added afterwards: a number, or one for each channel. @defaultValue `0` */
  readonly offset?: number | readonly number[] | null;
}

/**
 * `x * scale + offset`: `scale: 1 / 127.5, offset: -1` brings bytes to `[-1, 1]`. Whole numbers become fractions.
 * Shape: unchanged.
 */
export class Rescaling extends Layer {
  static override readonly className = 'Rescaling';
  readonly scale: number | readonly number[];
  readonly offset: number | readonly number[];

  /** @throws {ArgumentError} unless both are numbers or lists of numbers. */
  constructor(config: RescalingConfig) {
    super(config);
    this.scale = this.#check('scale', config.scale);
    this.offset = this.#check('offset', config.offset ?? 0);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const as = (value: NestedArray): Tensor => tensor(value, { dtype: this.dtype });
    return add(mul(cast(x, this.dtype), as(this.scale)), as(this.offset));
  }

  #check(name: string, value: unknown): number | readonly number[] {
    return Array.isArray(value)
      ? value.map((item) => checkNumberOption(this.className, name, item))
      : checkNumberOption(this.className, name, value);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), scale: this.scale, offset: this.offset };
  }
}
