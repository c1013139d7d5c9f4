import { mean, square, sub, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';

/** Mean over the last axis of `(y - p)^2`. Shape: `[n, k], [n, k] -> [n]`. */
export class MeanSquaredError extends Loss {
  readonly className = 'MeanSquaredError';

  constructor(options: LossOptions = {}) {
    super({ name: 'mean_squared_error', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(square(sub(yPred, yTrue)), { axes: -1 });
  }
}
