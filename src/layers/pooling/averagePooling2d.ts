import { avgPool2d, type PoolOptions, type Tensor } from '../../tensor/index.js';
import { Pooling2D } from './pooling2d.js';

/**
 * Mean of each window; padding does not count.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', channels]`.
 */
export class AveragePooling2D extends Pooling2D {
  static override readonly className = 'AveragePooling2D';
  static readonly aliases: readonly string[] = ['AvgPool2D'];

  protected override pool(x: Tensor, window: PoolOptions): Tensor {
    return avgPool2d(x, window);
  }
}
