import { minimum, type Tensor } from '../../tensor/index.js';
import { Merge, mergeWhereMasked } from './merge.js';

/** Smallest of all inputs, element by element. Shape: that of the inputs, which broadcast. */
export class Minimum extends Merge {
  static override readonly className = 'Minimum';

  protected override merge(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor {
    return mergeWhereMasked(inputs, masks, (a, b) => minimum(a, b));
  }
}
