import { add, type Tensor } from '../../tensor/index.js';
import { Merge } from './merge.js';

/** Sum of all inputs. Shape: that of the inputs, which broadcast. */
export class Add extends Merge {
  static override readonly className = 'Add';

  protected override merge(inputs: readonly Tensor[]): Tensor {
    return inputs.reduce((total, x) => add(total, x));
  }
}
