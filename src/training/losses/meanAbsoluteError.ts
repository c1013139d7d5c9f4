import { abs, mean, sub, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';

/** Mean over the last axis of `|y - p|`. Shape: `[n, k], [n, k] -> [n]`. */
export class MeanAbsoluteError extends Loss {
  readonly className = 'MeanAbsoluteError';

  constructor(options: LossOptions = {}) {
    super({ name: 'mean_absolute_error', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(abs(sub(yPred, yTrue)), { axes: -1 });
  }
}
