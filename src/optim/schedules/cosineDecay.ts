import {
  add,
  checkNumberOption,
  div,
  less,
  maximum,
  minimum,
  mul,
  sub,
  type Tensor,
  where,
} from '../../tensor/index.js';
import { cosPi } from './cosPi.js';
import type { LearningRateSchedule } from './schedule.js';

/** Options of `cosineDecay`. */
export interface CosineDecayOptions {
  /** At least 0. */
  readonly initialLearningRate: number;
  /** Updates until the rate has fallen, not counting the warm-up; above 0. */
  readonly decaySteps: number;
  /** Fraction of the rate that is left at the end, in `[0, 1]`. @defaultValue `0` */
  readonly alpha?: number;
  /** Rate to climb to before falling; `null` for no warm-up. @defaultValue `null` */
  readonly warmupTarget?: number | null;
  /** Updates in which to climb. @defaultValue `0` */
  readonly warmupSteps?: number;
  /** @defaultValue `'CosineDecay'` */
  readonly name?: string;
}

/**
 * Half a cosine wave (Loshchilov and Hutter, 2017): `rate * ((1 - alpha) (1 + cos(pi step / decaySteps)) / 2 + alpha)`,
 * after a climb along a line from `initialLearningRate` to `warmupTarget` if there is one.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function cosineDecay(options: CosineDecayOptions): LearningRateSchedule {
  const className = 'CosineDecay';
  const initialLearningRate = checkNumberOption(className, 'initialLearningRate', options.initialLearningRate, {
    min: 0,
  });
  const decaySteps = checkNumberOption(className, 'decaySteps', options.decaySteps, { above: 0 });
  const alpha = checkNumberOption(className, 'alpha', options.alpha ?? 0, { min: 0, max: 1 });
  const target = options.warmupTarget ?? null;
  const warmupTarget = target === null ? null : checkNumberOption(className, 'warmupTarget', target, { min: 0 });
  const warmupSteps = checkNumberOption(className, 'warmupSteps', options.warmupSteps ?? 0, { min: 0 });

  const falling = (step: Tensor, from: number): Tensor => {
    const wave = mul(0.5, add(1, cosPi(minimum(div(step, decaySteps), 1))));
    return mul(from, add(mul(1 - alpha, wave), alpha));
  };
  return {
    className,
    config: {
      initialLearningRate,
      decaySteps,
      alpha,
      name: options.name ?? className,
      warmupTarget,
      warmupSteps,
    },
    rateAt: (step) => {
      if (warmupTarget === null) return falling(step, initialLearningRate);
      const afterwards = falling(maximum(sub(step, warmupSteps), 0), warmupTarget);
      if (warmupSteps === 0) return afterwards;
      const climbing = add(mul(warmupTarget - initialLearningRate, div(step, warmupSteps)), initialLearningRate);
      return where(less(step, warmupSteps), climbing, afterwards);
    },
  };
}
