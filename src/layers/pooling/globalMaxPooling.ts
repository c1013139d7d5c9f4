import { max, type ReduceOptions, type Tensor } from '../../tensor/index.js';
import { GlobalPooling, type GlobalPoolingConfig } from './globalPooling.js';

/** The largest element. */
abstract class GlobalMaxPooling extends GlobalPooling {
  protected override reduce(x: Tensor, over: ReduceOptions): Tensor {
    return max(x, over);
  }
}

/** Largest element of each channel of sequences. Shape: `[batch, steps, channels] -> [batch, channels]`. */
export class GlobalMaxPooling1D extends GlobalMaxPooling {
  static override readonly className = 'GlobalMaxPooling1D';
  static readonly aliases: readonly string[] = ['GlobalMaxPool1D'];

  /** @throws {ArgumentError} */
  constructor(config: GlobalPoolingConfig = {}) {
    super(1, config);
  }
}

/** Largest element of each channel of pictures. Shape: `[batch, height, width, channels] -> [batch, channels]`. */
export class GlobalMaxPooling2D extends GlobalMaxPooling {
  static override readonly className = 'GlobalMaxPooling2D';
  static readonly aliases: readonly string[] = ['GlobalMaxPool2D'];

  /** @throws {ArgumentError} */
  constructor(config: GlobalPoolingConfig = {}) {
    super(2, config);
  }
}

/** Largest element of each channel of volumes. Shape: `[batch, depth, height, width, channels] -> [batch, channels]`. */
export class GlobalMaxPooling3D extends GlobalMaxPooling {
  static override readonly className = 'GlobalMaxPooling3D';
  static readonly aliases: readonly string[] = ['GlobalMaxPool3D'];

  /** @throws {ArgumentError} */
  constructor(config: GlobalPoolingConfig = {}) {
    super(3, config);
  }
}
