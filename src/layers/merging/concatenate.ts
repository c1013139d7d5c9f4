import { type Config, concat, type Tensor } from '../../tensor/index.js';
import { Layer, type LayerConfig } from '../layer.js';
import { checkInteger } from '../options.js';

/** Options of `Concatenate`. */
export interface ConcatenateConfig extends LayerConfig {
  /** The axis to join along. @defaultValue `-1` */
  readonly axis?: number;
}

/** Inputs joined along one axis. Shape: sizes add up along `axis` and agree along all others. */
export class Concatenate extends Layer {
  static override readonly className = 'Concatenate';
  readonly axis: number;

  /** @throws {ArgumentError} */
  constructor(config: ConcatenateConfig = {}) {
    super(config);
    this.axis = checkInteger(this.className, 'axis', config.axis ?? -1);
  }

  /** @throws {AxisError | ShapeMismatchError} */
  override call(inputs: readonly Tensor[]): Tensor {
    return concat(inputs, this.axis);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis };
  }
}
