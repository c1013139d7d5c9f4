import { broadcastTo, type Config, expandDims, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkCount } from '../options.js';

/** Options of `RepeatVector`. */
export interface RepeatVectorConfig extends LayerConfig {
  /** How many steps. */
  readonly n: number;
}

/** The same features at every step of a sequence. Shape: `[batch, features] -> [batch, n, features]`. */
export class RepeatVector extends Layer {
  static override readonly className = 'RepeatVector';
  readonly n: number;

  /** @throws {ArgumentError} */
  constructor(config: RepeatVectorConfig) {
    super(config);
    this.n = checkCount(this.className, 'n', config.n);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 2 }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const [batch, features] = x.shape as [number, number];
    return broadcastTo(expandDims(x, 1), [batch, this.n, features]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), n: this.n };
  }
}
