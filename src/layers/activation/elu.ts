import { type Config, checkNumberOption, elu, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of `ELU`. */
export interface ELUConfig extends LayerConfig {
  /** How far below 0 it goes. @defaultValue `1` */
  readonly alpha?: number | null;
}

/** Exponential linear unit: `x` above 0, `alpha * (e^x - 1)` below (Clevert et al., 2016). Shape: unchanged. */
export class ELU extends Layer {
  static override readonly className = 'ELU';
  readonly alpha: number;

  /** @throws {ArgumentError} */
  constructor(config: ELUConfig = {}) {
    super(config);
    this.alpha = checkNumberOption(this.className, 'alpha', config.alpha ?? 1);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return elu(x, this.alpha);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}
