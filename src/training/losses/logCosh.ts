import { add, mean, mul, softplus, sub, type Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';

/** Mean over the last axis of `log(cosh(p - y))`, in the form `x + softplus(-2 x) - log 2` that does not overflow. Shape: `[n, k], [n, k] -> [n]`. */
export class LogCosh extends Loss {
  readonly className = 'LogCosh';

  constructor(options: LossOptions = {}) {
    super({ name: 'log_cosh', ...options });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    const x = sub(yPred, yTrue);
    return mean(sub(add(x, softplus(mul(x, -2))), Math.LN2), { axes: -1 });
  }
}
