import { add, div, mul } from '../../tensor/index.js';
import { checkBoolean, checkNumber } from '../checkOption.js';
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
  const initialLearningRate = checkNumber(className, 'initialLearningRate', options.initialLearningRate, { min: 0 });
  const decaySteps = checkNumber(className, 'decaySteps', options.decaySteps, { above: 0 });
  const decayRate = checkNumber(className, 'decayRate', options.decayRate, { min: 0 });
  const staircase = checkBoolean(className, 'staircase', options.staircase ?? false);
  return {
    className,
    config: { initialLearningRate, decaySteps, decayRate, staircase, name: options.name ?? className },
    rateAt: (step) => {
      const periods = div(step, decaySteps);
      return div(initialLearningRate, add(1, mul(decayRate, staircase ? floor(periods) : periods)));
    },
  };
}
