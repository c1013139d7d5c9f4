import { mul, type Tensor } from '../../tensor/index.js';
import { Merge } from './merge.js';

/** Product of all inputs. Shape: that of the inputs, which broadcast. */
export class Multiply extends Merge {
  static override readonly className = 'Multiply';

  protected override merge(inputs: readonly Tensor[]): Tensor {
    return inputs.reduce((product, x) => mul(product, x));
  }
}
