import { max, type ReduceOptions, type Tensor } from '../../tensor/index.js';
import { GlobalPooling2D } from './globalPooling2d.js';

/** Largest element of each channel. Shape: `[batch, height, width, channels] -> [batch, channels]`. */
export class GlobalMaxPooling2D extends GlobalPooling2D {
  static override readonly className = 'GlobalMaxPooling2D';
  static readonly aliases: readonly string[] = ['GlobalMaxPool2D'];

  protected override reduce(x: Tensor, over: ReduceOptions): Tensor {
    return max(x, over);
  }
}
