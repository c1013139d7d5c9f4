import { add, checkBooleanOption, checkNumberOption, div, mul, sqrt, square, sub } from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of RMSprop. */
export interface RmspropRuleOptions {
  /** How slowly the averages forget, in `[0, 1]`. @defaultValue `0.9` */
  readonly rho?: number;
  /** Fraction of the last move that goes into the next, in `[0, 1]`. @defaultValue `0` */
  readonly momentum?: number;
  /** Added to the mean square under the root. @defaultValue `1e-7` */
  readonly epsilon?: number;
  /** Divide by the standard deviation instead of the root mean square. @defaultValue `false` */
  readonly centered?: boolean;
}

/**
 * Divides by a running root mean square of the gradient (Hinton, lecture 6 of "Neural networks for machine learning",
 * 2012): `v <- rho v + (1 - rho) g^2`, `w <- w - lr g / sqrt(v + epsilon)`. Centred: `v - a^2` in place of `v`, where
 * `a` is the running mean of the gradient. With momentum the move itself is smoothed: `m <- momentum m + move`.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function rmspropRule(options: RmspropRuleOptions = {}): UpdateRule<'velocity', 'momentum' | 'averageGradient'> {
  const rho = checkNumberOption('RMSprop', 'rho', options.rho ?? 0.9, { min: 0, max: 1 });
  const momentum = checkNumberOption('RMSprop', 'momentum', options.momentum ?? 0, { min: 0, max: 1 });
  const epsilon = checkNumberOption('RMSprop', 'epsilon', options.epsilon ?? 1e-7, { min: 0 });
  const centered = checkBooleanOption('RMSprop', 'centered', options.centered ?? false);
  return {
    className: 'RMSprop',
    config: { rho, momentum, epsilon, centered },
    slots: [
      ['velocity'],
      ...(momentum > 0 ? [['momentum'] as const] : []),
      ...(centered ? [['averageGradient'] as const] : []),
    ],
    update: ({ gradient, parameter, slots, learningRate }) => {
      const velocity = add(mul(slots.velocity, rho), mul(square(gradient), 1 - rho));
      const averageGradient = slots.averageGradient && add(mul(slots.averageGradient, rho), mul(gradient, 1 - rho));
      const variance = averageGradient ? sub(velocity, square(averageGradient)) : velocity;
      // epsilon inside the root: other libraries add it outside
      const step = div(mul(learningRate, gradient), sqrt(add(variance, epsilon)));
      const move = slots.momentum ? add(mul(slots.momentum, momentum), step) : step;
      return {
        parameter: sub(parameter, move),
        slots: { velocity, ...(slots.momentum && { momentum: move }), ...(averageGradient && { averageGradient }) },
      };
    },
  };
}
