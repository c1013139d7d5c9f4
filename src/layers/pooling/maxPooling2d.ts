import { maxPool2d, type PoolOptions, type Tensor } from '../../tensor/index.js';
import { Pooling2D } from './pooling2d.js';

/** Largest element of each window. Shape: `[batch, height, width, channels] -> [batch, height', width', channels]`. */
export class MaxPooling2D extends Pooling2D {
  static override readonly className = 'MaxPooling2D';
  static readonly aliases: readonly string[] = ['MaxPool2D'];

  protected override pool(x: Tensor, window: PoolOptions): Tensor {
    return maxPool2d(x, window);
  }
}
