import { mean, square, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';
import { margin } from './margin.js';

/** Mean over the last axis of `max(1 - y p, 0)^2` with labels -1 and 1; labels that are all 0 and 1 are converted. Shape: `[n, k], [n, k] -> [n]`. */
export class SquaredHinge extends Loss {
  readonly className = 'SquaredHinge';

  constructor(options: LossOptions = {}) {
    super({ name: 'squared_hinge', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(square(margin(yTrue, yPred)), { axes: -1 });
  }
}
