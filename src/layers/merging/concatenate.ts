import { broadcastTo, type Config, concat, expandDims, type Tensor, tensor } from '../../tensor/index.js';
import { anyAlong } from '../anyAlong.js';
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

  override get supportsMasking(): boolean {
    return true;
  }

  /** An input without a mask counts. */
  override computeMask(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor | null {
    if (masks.every((mask) => mask === null)) return null;
    const whole = inputs.map((x, i) => {
      const mask = masks[i] ?? null;
      if (mask === null) return broadcastTo(tensor(1, { dtype: 'bool' }), x.shape);
      return mask.rank < x.rank ? broadcastTo(expandDims(mask, -1), x.shape) : mask;
    });
    return anyAlong(concat(whole, this.axis), -1);
  }

  /** @throws {AxisError | ShapeMismatchError} */
  override call(inputs: readonly Tensor[]): Tensor {
    return concat(inputs, this.axis);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis };
  }
}
