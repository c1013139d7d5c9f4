import { cast, div, expandDims, mean, type ReduceOptions, sum, type Tensor, where } from '../../tensor/index.js';
import { channelAxis } from '../channels.js';
import type { CallContext } from '../layer.js';
import { GlobalPooling, type GlobalPoolingConfig } from './globalPooling.js';

/** The mean. */
abstract class GlobalAveragePooling extends GlobalPooling {
  protected override reduce(x: Tensor, over: ReduceOptions, _context: CallContext): Tensor {
    return mean(x, over);
  }
}

/**
 * Mean of each channel of sequences, over the steps that count if there is a mask.
 * Shape: `[batch, steps, channels] -> [batch, channels]`.
 */
export class GlobalAveragePooling1D extends GlobalAveragePooling {
  static override readonly className = 'GlobalAveragePooling1D';
  static readonly aliases: readonly string[] = ['GlobalAvgPool1D'];

  /** @throws {ArgumentError} */
  constructor(config: GlobalPoolingConfig = {}) {
    super(1, config);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(): null {
    return null;
  }

  protected override reduce(x: Tensor, over: ReduceOptions, context: CallContext): Tensor {
    const [mask = null] = context.masks;
    if (mask === null) return super.reduce(x, over, context);
    const counts = expandDims(cast(mask, 'bool'), channelAxis(this.dataFormat));
    return div(sum(where(counts, x, 0), over), sum(cast(counts, x.dtype), over));
  }
}

/** Mean of each channel of pictures. Shape: `[batch, height, width, channels] -> [batch, channels]`. */
export class GlobalAveragePooling2D extends GlobalAveragePooling {
  static override readonly className = 'GlobalAveragePooling2D';
  static readonly aliases: readonly string[] = ['GlobalAvgPool2D'];

  /** @throws {ArgumentError} */
  constructor(config: GlobalPoolingConfig = {}) {
    super(2, config);
  }
}

/** Mean of each channel of volumes. Shape: `[batch, depth, height, width, channels] -> [batch, channels]`. */
export class GlobalAveragePooling3D extends GlobalAveragePooling {
  static override readonly className = 'GlobalAveragePooling3D';
  static readonly aliases: readonly string[] = ['GlobalAvgPool3D'];

  /** @throws {ArgumentError} */
  constructor(config: GlobalPoolingConfig = {}) {
    super(3, config);
  }
}
