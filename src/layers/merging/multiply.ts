import { mul, type Tensor, where } from '../../tensor/index.js';
import { Merge } from './merge.js';

/** Product of all inputs. Shape: that of the inputs, which broadcast. */
export class Multiply extends Merge {
  static override readonly className = 'Multiply';

  /** What does not count is a factor of 1; where nothing counts, the product is 0. */
  protected override merge(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor {
    const factors = inputs.map((x, i) => (masks[i] ? where(masks[i], x, 1) : x));
    const product = factors.reduce((total, x) => mul(total, x));
    const counted = this.computeMask(inputs, masks);
    return counted === null ? product : where(counted, product, 0);
  }
}
