import { add, type Config, div, mul, sub, sum, type Tensor } from '../../tensor/index.js';
import { type Axes, along, checkAxesOption } from './axes.js';
import { Loss, type LossOptions } from './loss.js';
import { epsilon } from './probabilities.js';

/** Options of `Dice`. */
export interface DiceOptions extends LossOptions {
  /** Axes of one region; `null` for all. @defaultValue `null` */
  readonly axis?: Axes;
}

/**
 * How little two regions overlap: `1 - 2 sum(y p) / (sum(y) + sum(p))`, for masks (Dice, 1945). Shape: `[n, …] -> []`, or
 * the axes that are not summed over.
 */
export class Dice extends Loss {
  readonly className = 'Dice';
  readonly #axis: Axes;

  constructor(options: DiceOptions = {}) {
    super({ name: 'dice', ...options });
    this.#axis = checkAxesOption(this.name, options.axis);
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    const axes = along(this.#axis);
    const overlap = mul(2, sum(mul(yTrue, yPred), axes));
    return sub(1, div(overlap, add(add(sum(yTrue, axes), sum(yPred, axes)), epsilon)));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.#axis };
  }
}
