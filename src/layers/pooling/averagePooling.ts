import { averagePool, type SpatialPoolOptions, type Tensor } from '../../tensor/index.js';
import { Pooling, type PoolingConfig } from './pooling.js';

/** Padding does not count. */
abstract class AveragePooling extends Pooling {
  protected override pool(x: Tensor, window: SpatialPoolOptions): Tensor {
    return averagePool(x, window);
  }
}

/** Mean of each window of sequences; padding does not count. Shape: `[batch, steps, channels] -> [batch, steps', channels]`. */
export class AveragePooling1D extends AveragePooling {
  static override readonly className = 'AveragePooling1D';
  static readonly aliases: readonly string[] = ['AvgPool1D'];

  /** @throws {ArgumentError} */
  constructor(config: PoolingConfig = {}) {
    super(1, config);
  }
}

/** Mean of each window of pictures; padding does not count. Shape: `[batch, height, width, channels] -> [batch, height', width', channels]`. */
export class AveragePooling2D extends AveragePooling {
  static override readonly className = 'AveragePooling2D';
  static readonly aliases: readonly string[] = ['AvgPool2D'];

  /** @throws {ArgumentError} */
  constructor(config: PoolingConfig = {}) {
    super(2, config);
  }
}

/** Mean of each window of volumes; padding does not count. Shape: `[batch, depth, height, width, channels] -> [batch, depth', height', width', channels]`. */
export class AveragePooling3D extends AveragePooling {
  static override readonly className = 'AveragePooling3D';
  static readonly aliases: readonly string[] = ['AvgPool3D'];

  /** @throws {ArgumentError} */
  constructor(config: PoolingConfig = {}) {
    super(3, config);
  }
}
