import { add, log, mean, mul, sub, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';
import { epsilon } from './probabilities.js';

/** Mean over the last axis of `p - y log(p + 1e-7)`: the loss of counts. Shape: `[n, k], [n, k] -> [n]`. */
export class Poisson extends Loss {
  readonly className = 'Poisson';

  constructor(options: LossOptions = {}) {
    super({ name: 'poisson', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(sub(yPred, mul(yTrue, log(add(yPred, epsilon)))), { axes: -1 });
  }
}
