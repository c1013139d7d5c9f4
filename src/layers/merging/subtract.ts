import { sub, type Tensor } from '../../tensor/index.js';
import { Merge } from './merge.js';

/** First input minus the second. Shape: that of the inputs, which broadcast. */
export class Subtract extends Merge {
  static override readonly className = 'Subtract';

  /** @throws {ShapeError} unless there are two inputs. */
  protected override merge(inputs: readonly Tensor[]): Tensor {
    const [a, b, ...more] = inputs;
    if (a === undefined || b === undefined || more.length > 0) throw this.wrongCount('two inputs', inputs);
    return sub(a, b);
  }
}
