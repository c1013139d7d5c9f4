import { mean, type ReduceOptions, type Tensor } from '../../tensor/index.js';
import { GlobalPooling2D } from './globalPooling2d.js';

/** Mean of each channel. Shape: `[batch, height, width, channels] -> [batch, channels]`. */
export class GlobalAveragePooling2D extends GlobalPooling2D {
  static override readonly className = 'GlobalAveragePooling2D';
  static readonly aliases: readonly string[] = ['GlobalAvgPool2D'];

  protected override reduce(x: Tensor, over: ReduceOptions): Tensor {
    return mean(x, over);
  }
}
