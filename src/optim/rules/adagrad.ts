import { add, checkNumberOption, div, mul, sqrt, square, sub } from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of Adagrad. */
export interface AdagradRuleOptions {
  /** Sum of squares to start with, at least 0. @defaultValue `0.1` */
  readonly initialAccumulatorValue?: number;
  /** Added to the sum of squares under the root. @defaultValue `1e-7` */
  readonly epsilon?: number;
}

/**
 * Divides by the root of the sum of all squared gradients so far (Duchi et al., 2011): `a <- a + g^2`,
 * `w <- w - lr g / sqrt(a + epsilon)`.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function adagradRule(options: AdagradRuleOptions = {}): UpdateRule<'accumulator'> {
  const start = options.initialAccumulatorValue ?? 0.1;
  const initialAccumulatorValue = checkNumberOption('Adagrad', 'initialAccumulatorValue', start, { min: 0 });
  const epsilon = checkNumberOption('Adagrad', 'epsilon', options.epsilon ?? 1e-7, { min: 0 });
  return {
    className: 'Adagrad',
    config: { initialAccumulatorValue, epsilon },
    slots: [['accumulator']],
    initial: { accumulator: initialAccumulatorValue },
    update: ({ gradient, parameter, slots, learningRate }) => {
      const accumulator = add(slots.accumulator, square(gradient));
      const move = div(mul(learningRate, gradient), sqrt(add(accumulator, epsilon)));
      return { parameter: sub(parameter, move), slots: { accumulator } };
    },
  };
}
