import { add, type Config, checkNumberOption, div, mul, sub, sum, type Tensor } from '../../tensor/index.js';
import { type Axes, along, checkAxesOption } from './axes.js';
import { Loss, type LossOptions } from './loss.js';
import { epsilon } from './probabilities.js';

/** Options of `Tversky`. */
export interface TverskyOptions extends LossOptions {
  /** Weight of what is missed, at least 0. @defaultValue `0.5` */
  readonly alpha?: number;
  /** Weight of what is wrongly found, at least 0. @defaultValue `0.5` */
  readonly beta?: number;
  /** Axes of one region; `null` for all. @defaultValue `null` */
  readonly axis?: Axes;
}

/**
 * How little two regions overlap, with what is wrongly found and what is missed weighted apart:
 * `1 - hits / (hits + alpha missed + beta wrong)` (Tversky, 1977). This is what released Keras 3 computes; its documentation
 * has alpha and beta the other way round. Half and half is `Dice`. Shape: `[n, …] -> []`, or the
 * axes that are not summed over.
 */
export class Tversky extends Loss {
  readonly className = 'Tversky';
  readonly #alpha: number;
  readonly #beta: number;
  readonly #axis: Axes;

  constructor(options: TverskyOptions = {}) {
    super({ name: 'tversky', ...options });
    this.#alpha = checkNumberOption(this.name, 'alpha', options.alpha ?? 0.5, { min: 0 });
    this.#beta = checkNumberOption(this.name, 'beta', options.beta ?? 0.5, { min: 0 });
    this.#axis = checkAxesOption(this.name, options.axis);
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    const axes = along(this.#axis);
    const hits = sum(mul(yTrue, yPred), axes);
    const missed = mul(this.#alpha, sum(mul(yTrue, sub(1, yPred)), axes));
    const wrong = mul(this.#beta, sum(mul(sub(1, yTrue), yPred), axes));
    return sub(1, div(hits, add(add(add(hits, missed), wrong), epsilon)));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), alpha: this.#alpha, beta: this.#beta, axis: this.#axis };
  }
}
