import { maximum, type Tensor } from '../../tensor/index.js';
import { Merge, mergeWhereMasked } from './merge.js';

/** Largest of all inputs, element by element. Shape: that of the inputs, which broadcast. */
export class Maximum extends Merge {
  static override readonly className = 'Maximum';

  protected override merge(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor {
    return mergeWhereMasked(inputs, masks, (a, b) => maximum(a, b));
  }
}
