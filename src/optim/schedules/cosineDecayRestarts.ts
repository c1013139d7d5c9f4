import { add, checkNumberOption, div, log, mul, pow, sub, type Tensor } from '../../tensor/index.js';
import { cosPi } from './cosPi.js';
import { floor } from './floor.js';
import type { LearningRateSchedule } from './schedule.js';

/** Options of `cosineDecayRestarts`. */
export interface CosineDecayRestartsOptions {
  /** At least 0. */
  readonly initialLearningRate: number;
  /** Updates of the first period; above 0. */
  readonly firstDecaySteps: number;
  /** How much longer each period is than the one before, at least 1. @defaultValue `2` */
  readonly tMul?: number;
  /** Height of each period relative to the one before, at least 0. @defaultValue `1` */
  readonly mMul?: number;
  /** Fraction of the rate that is left at the end of a period, in `[0, 1]`. @defaultValue `0` */
  readonly alpha?: number;
  /** @defaultValue `'SGDRDecay'` */
  readonly name?: string;
}

/**
 * Half cosine waves one after the other (Loshchilov and Hutter, "SGDR", 2017): in period `i`, of length
 * `firstDecaySteps * tMul^i`, the rate is `rate * ((1 - alpha) mMul^i (1 + cos(pi done)) / 2 + alpha)`.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function cosineDecayRestarts(options: CosineDecayRestartsOptions): LearningRateSchedule {
  const className = 'CosineDecayRestarts';
  const initialLearningRate = checkNumberOption(className, 'initialLearningRate', options.initialLearningRate, {
    min: 0,
  });
  const firstDecaySteps = checkNumberOption(className, 'firstDecaySteps', options.firstDecaySteps, { above: 0 });
  const tMul = checkNumberOption(className, 'tMul', options.tMul ?? 2, { min: 1 });
  const mMul = checkNumberOption(className, 'mMul', options.mMul ?? 1, { min: 0 });
  const alpha = checkNumberOption(className, 'alpha', options.alpha ?? 0, { min: 0, max: 1 });
  return {
    className,
    config: { initialLearningRate, firstDecaySteps, tMul, mMul, alpha, name: options.name ?? 'SGDRDecay' },
    rateAt: (step) => {
      const { restarts, done } = position(div(step, firstDecaySteps), tMul);
      const wave = mul(mul(0.5, pow(mMul, restarts)), add(1, cosPi(done)));
      return mul(initialLearningRate, add(mul(1 - alpha, wave), alpha));
    },
  };
}

/** How many periods are over, and the fraction of the present one that is done. `elapsed` is in first periods. */
function position(elapsed: Tensor, tMul: number): { readonly restarts: Tensor; readonly done: Tensor } {
  if (tMul === 1) {
    const restarts = floor(elapsed);
    return { restarts, done: sub(elapsed, restarts) };
  }
  // i periods last (1 - tMul^i) / (1 - tMul)
  const restarts = floor(div(log(sub(1, mul(elapsed, 1 - tMul))), Math.log(tMul)));
  const length = pow(tMul, restarts);
  return { restarts, done: div(sub(elapsed, div(sub(1, length), 1 - tMul)), length) };
}
