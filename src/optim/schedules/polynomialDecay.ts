import {
  add,
  checkBooleanOption,
  checkNumberOption,
  div,
  equal,
  minimum,
  mul,
  pow,
  sub,
  where,
} from '../../tensor/index.js';
import { ceil } from './floor.js';
import type { LearningRateSchedule } from './schedule.js';

/** Options of `polynomialDecay`. */
export interface PolynomialDecayOptions {
  /** At least 0. */
  readonly initialLearningRate: number;
  /** Updates until the rate is `endLearningRate`; above 0. */
  readonly decaySteps: number;
  /** At least 0. @defaultValue `0.0001` */
  readonly endLearningRate?: number;
  /** 1 falls along a line. @defaultValue `1` */
  readonly power?: number;
  /** Start again, with a longer period, instead of staying at the end. @defaultValue `false` */
  readonly cycle?: boolean;
  /** @defaultValue `'PolynomialDecay'` */
  readonly name?: string;
}

/**
 * `(initialLearningRate - endLearningRate) * (1 - step / decaySteps)^power + endLearningRate`. After `decaySteps` the rate
 * stays; with `cycle`, `decaySteps` becomes its smallest multiple not below `step`.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function polynomialDecay(options: PolynomialDecayOptions): LearningRateSchedule {
  const className = 'PolynomialDecay';
  const initialLearningRate = checkNumberOption(className, 'initialLearningRate', options.initialLearningRate, {
    min: 0,
  });
  const decaySteps = checkNumberOption(className, 'decaySteps', options.decaySteps, { above: 0 });
  const endLearningRate = checkNumberOption(className, 'endLearningRate', options.endLearningRate ?? 0.0001, {
    min: 0,
  });
  const power = checkNumberOption(className, 'power', options.power ?? 1, { min: 0 });
  const cycle = checkBooleanOption(className, 'cycle', options.cycle ?? false);
  return {
    className,
    config: { initialLearningRate, decaySteps, endLearningRate, power, cycle, name: options.name ?? className },
    rateAt: (step) => {
      const periods = div(step, decaySteps);
      const done = cycle ? div(periods, where(equal(step, 0), 1, ceil(periods))) : minimum(periods, 1);
      return add(mul(initialLearningRate - endLearningRate, pow(sub(1, done), power)), endLearningRate);
    },
  };
}
