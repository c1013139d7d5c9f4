import { add, div, type Tensor } from '../../tensor/index.js';
import { Merge } from './merge.js';

/** Mean of all inputs. Shape: that of the inputs, which broadcast. */
export class Average extends Merge {
  static override readonly className = 'Average';

  protected override merge(inputs: readonly Tensor[]): Tensor {
    return div(
      inputs.reduce((total, x) => add(total, x)),
      inputs.length,
    );
  }
}
