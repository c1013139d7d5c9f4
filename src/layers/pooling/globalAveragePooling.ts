import { mean, type ReduceOptions, type Tensor } from '../../tensor/index.js';
import { GlobalPooling, type GlobalPoolingConfig } from './globalPooling.js';

/** The mean. */
abstract class GlobalAveragePooling extends GlobalPooling {
  protected override reduce(x: Tensor, over: ReduceOptions): Tensor {
    return mean(x, over);
  }
}

/** Mean of each channel of sequences. Shape: `[batch, steps, channels] -> [batch, channels]`. */
export class GlobalAveragePooling1D extends GlobalAveragePooling {
  static override readonly className = 'GlobalAveragePooling1D';
  static readonly aliases: readonly string[] = ['GlobalAvgPool1D'];

  /** @throws {ArgumentError} */
  constructor(config: GlobalPoolingConfig = {}) {
    super(1, config);
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
