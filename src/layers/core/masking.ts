import { type Config, checkNumberOption, notEqual, type Tensor, where } from '../../tensor/index.js';
import { anyAlong } from '../anyAlong.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of `Masking`. */
export interface MaskingConfig extends LayerConfig {
  /** What a step is filled with that does not count. @defaultValue `0` */
  readonly maskValue?: number;
}

/**
 * Steps all of whose features are `maskValue` become 0, and layers behind are told by a mask to leave them out.
 * Shape: `[batch, ..., features]`, unchanged.
 */
export class Masking extends Layer {
  static override readonly className = 'Masking';
  readonly maskValue: number;

  /** @throws {ArgumentError} */
  constructor(config: MaskingConfig = {}) {
    super(config);
    this.maskValue = checkNumberOption(this.className, 'maskValue', config.maskValue ?? 0);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: 2 }];
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask([x]: readonly [Tensor]): Tensor {
    return this.#counts(x, false);
  }

  override call([x]: readonly [Tensor]): Tensor {
    return where(this.#counts(x, true), x, 0);
  }

  /** Whether any feature of a step is something else. */
  #counts(x: Tensor, keepDims: boolean): Tensor {
    return anyAlong(notEqual(x, this.maskValue), -1, keepDims);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), maskValue: this.maskValue };
  }
}
