import { clip, div, log, mul, sum, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';
import { epsilon } from './probabilities.js';

/** Sum over the last axis of `y log(y / p)`, both held between `1e-7` and 1 (Kullback and Leibler, 1951). Shape: `[n, k], [n, k] -> [n]`. */
export class KLDivergence extends Loss {
  readonly className = 'KLDivergence';

  constructor(options: LossOptions = {}) {
    super({ name: 'kl_divergence', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    const y = clip(yTrue, epsilon, 1);
    const p = clip(yPred, epsilon, 1);
    return sum(mul(y, log(div(y, p))), { axes: -1 });
  }
}
