import { minimum, type Tensor } from '../../tensor/index.js';
import { Merge } from './merge.js';

/** Smallest of all inputs, element by element. Shape: that of the inputs, which broadcast. */
export class Minimum extends Merge {
  static override readonly className = 'Minimum';

  protected override merge(inputs: readonly Tensor[]): Tensor {
    return inputs.reduce((smallest, x) => minimum(smallest, x));
  }
}
