import { add, checkBooleanOption, checkNumberOption, div, mul } from '../../tensor/index.js';
import type { ExponentialDecayOptions } from './exponentialDecay.js';
import { floor } from './floor.js';
import type { LearningRateSchedule } from './schedule.js';

/** Options of `inverseTimeDecay`. */
export interface InverseTimeDecayOptions extends Omit<ExponentialDecayOptions, 'name'> {
  /** @defaultValue `'InverseTimeDecay'` */
  readonly name?: string;
}

/** `initialLearningRate / (1 + decayRate * step / decaySteps)`. @throws {ArgumentError} if an option is outside its range. */
export function inverseTimeDecay(options: InverseTimeDecayOptions): LearningRateSchedule {
  const className = 'InverseTimeDecay';
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
      return div(initialLearningRate, add(1, mul(decayRate, staircase ? floor(periods) : periods)));
    },
  };
}
