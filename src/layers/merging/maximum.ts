import { maximum, type Tensor } from '../../tensor/index.js';
import { Merge } from './merge.js';

/** Largest of all inputs, element by element. Shape: that of the inputs, which broadcast. */
export class Maximum extends Merge {
  static override readonly className = 'Maximum';

  protected override merge(inputs: readonly Tensor[]): Tensor {
    return inputs.reduce((largest, x) => maximum(largest, x));
  }
}
