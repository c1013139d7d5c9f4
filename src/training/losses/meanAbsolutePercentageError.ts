import { abs, div, maximum, mean, mul, sub, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';
import { epsilon } from './probabilities.js';

/** Mean over the last axis of `100 |y - p| / max(|y|, 1e-7)`. Shape: `[n, k], [n, k] -> [n]`. */
export class MeanAbsolutePercentageError extends Loss {
  readonly className = 'MeanAbsolutePercentageError';

  constructor(options: LossOptions = {}) {
    super({ name: 'mean_absolute_percentage_error', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    return mul(100, mean(abs(div(sub(yTrue, yPred), maximum(abs(yTrue), epsilon))), { axes: -1 }));
  }
}
