import { checkBooleanOption, checkNumberOption, div, mul, pow } from '../../tensor/index.js';
import { floor } from './floor.js';
import type { LearningRateSchedule } from './schedule.js';

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  /** At least 0. */
  readonly initialLearningRate: number;
  /** Updates in which the rate falls by `decayRate`; above 0. */
  readonly decaySteps: number;
  /** At least 0. */
  readonly decayRate: number;
  /** Fall once every `decaySteps` instead of steadily. @defaultValue `false` */
  readonly staircase?: boolean;
  /** @defaultValue `'ExponentialDecay'` */
  readonly name?: string;
}

/** `initialLearningRate * decayRate^(step / decaySteps)`. @throws {ArgumentError} if an option is outside its range. */
export function exponentialDecay(options: ExponentialDecayOptions): LearningRateSchedule {
  const className = 'ExponentialDecay';
  const initialLearningRate = checkNumberOption(className, 'initialLearningRate', options.initialLearningRate, {
    min: 0,
  });
  const decaySteps = checkNumberOption(className, 'decaySteps', options.decaySteps, { above: 0 });
  const decayRate = checkNumberOption(className, 'decayRate', options.decayRate, { min: 0 });
  const staircase = checkBooleanOption(className, 'staircase', options.staircase ?? false);
  return {
    className,
    config: { initialLearningRate, decaySteps, decayRate, staircase, name: options.name ?? className },
    rateAt: (step) => {
      const periods = div(step, decaySteps);
      return mul(initialLearningRate, pow(decayRate, staircase ? floor(periods) : periods));
    },
  };
}
