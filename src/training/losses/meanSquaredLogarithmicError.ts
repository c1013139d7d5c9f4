import { add, log, maximum, mean, square, sub, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';
import { epsilon } from './probabilities.js';

/** Mean over the last axis of `(log(p + 1) - log(y + 1))^2`, both at least `1e-7`. Shape: `[n, k], [n, k] -> [n]`. */
export class MeanSquaredLogarithmicError extends Loss {
  readonly className = 'MeanSquaredLogarithmicError';

  constructor(options: LossOptions = {}) {
    super({ name: 'mean_squared_logarithmic_error', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    const logarithm = (x: Tensor) => log(add(maximum(x, epsilon), 1));
    return mean(square(sub(logarithm(yPred), logarithm(yTrue))), { axes: -1 });
  }
}
