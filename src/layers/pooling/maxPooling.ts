import { maxPool, type SpatialPoolOptions, type Tensor } from '../../tensor/index.js';
import { Pooling, type PoolingConfig } from './pooling.js';

/** Padding never wins. */
abstract class MaxPooling extends Pooling {
  protected override pool(x: Tensor, window: SpatialPoolOptions): Tensor {
    return maxPool(x, window);
  }
}

/** Largest element of each window of sequences. Shape: `[batch, steps, channels] -> [batch, steps', channels]`. */
export class MaxPooling1D extends MaxPooling {
  static override readonly className = 'MaxPooling1D';
  static readonly aliases: readonly string[] = ['MaxPool1D'];

  /** @throws {ArgumentError} */
  constructor(config: PoolingConfig = {}) {
    super(1, config);
  }
}

/** Largest element of each window of pictures. Shape: `[batch, height, width, channels] -> [batch, height', width', channels]`. */
export class MaxPooling2D extends MaxPooling {
  static override readonly className = 'MaxPooling2D';
  static readonly aliases: readonly string[] = ['MaxPool2D'];

  /** @throws {ArgumentError} */
  constructor(config: PoolingConfig = {}) {
    super(2, config);
  }
}

/** Largest element of each window of volumes. Shape: `[batch, depth, height, width, channels] -> [batch, depth', height', width', channels]`. */
export class MaxPooling3D extends MaxPooling {
  static override readonly className = 'MaxPooling3D';
  static readonly aliases: readonly string[] = ['MaxPool3D'];

  /** @throws {ArgumentError} */
  constructor(config: PoolingConfig = {}) {
    super(3, config);
  }
}
