import { add, max, maximum, mul, sub, sum, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';

/** `max(largest wrong p - right p + 1, 0)` for one-hot rows. Shape: `[n, k], [n, k] -> [n]`. */
export class CategoricalHinge extends Loss {
  readonly className = 'CategoricalHinge';

  constructor(options: LossOptions = {}) {
    super({ name: 'categorical_hinge', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    const right = sum(mul(yTrue, yPred), { axes: -1 });
    const wrong = max(mul(sub(1, yTrue), yPred), { axes: -1 });
    return maximum(add(sub(wrong, right), 1), 0);
  }
}
