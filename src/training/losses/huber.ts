import {
  abs,
  type Config,
  checkNumberOption,
  lessEqual,
  mean,
  mul,
  square,
  sub,
  type Tensor,
  where,
} from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';

/** Options of `Huber`. */
export interface HuberOptions extends LossOptions {
  /** Error from which on the loss grows along a line; above 0. @defaultValue `1` */
  readonly delta?: number;
}

/**
 * Mean over the last axis of `e^2 / 2` for errors up to `delta`, and of `delta |e| - delta^2 / 2` for larger ones (Huber,
 * 1964). Shape: `[n, k], [n, k] -> [n]`.
 */
export class Huber extends Loss {
  readonly className = 'Huber';
  readonly #delta: number;

  constructor(options: HuberOptions = {}) {
    super({ name: 'huber_loss', ...options });
    this.#delta = checkNumberOption(this.name, 'delta', options.delta ?? 1, { above: 0 });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    const delta = this.#delta;
    const error = sub(yPred, yTrue);
    const size = abs(error);
    const losses = where(lessEqual(size, delta), mul(0.5, square(error)), sub(mul(size, delta), 0.5 * delta ** 2));
    return mean(losses, { axes: -1 });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), delta: this.#delta };
  }
}
