import { type Config, reshape, resizeNearest, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkCount, checkIntegers } from '../options.js';

/** Options of `UpSampling1D`. */
export interface UpSampling1DConfig extends LayerConfig {
  /** How often each step is repeated. @defaultValue `2` */
  readonly size?: number | readonly [number];
}

/** Longer sequences: each step several times. Shape: `[batch, steps, channels] -> [batch, size * steps, channels]`. */
export class UpSampling1D extends Layer {
  static override readonly className = 'UpSampling1D';
  readonly size: number;

  /** @throws {ArgumentError} */
  constructor(config: UpSampling1DConfig = {}) {
    super(config);
    const [size] = checkIntegers(this.className, 'size', config.size ?? 2);
    this.size = checkCount(this.className, 'size', size);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 3 }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const [batch, steps, channels] = x.shape as [number, number, number];
    const longer = resizeNearest(reshape(x, [batch, 1, steps, channels]), [1, this.size * steps]);
    return reshape(longer, [batch, this.size * steps, channels]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), size: this.size };
  }
}
