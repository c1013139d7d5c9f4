import { add, checkNumberOption, greater, less, mul, sub, where } from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of Lion. */
export interface LionRuleOptions {
  /** Weight of the momentum in a move, in `(0, 1]`. @defaultValue `0.9` */
  readonly beta1?: number;
  /** How slowly the momentum forgets, in `[0, 1]`. @defaultValue `0.99` */
  readonly beta2?: number;
}

/**
 * Moves by the sign only (Chen et al., 2023): `w <- w - lr sign(beta1 m + (1 - beta1) g)`, then
 * `m <- beta2 m + (1 - beta2) g`.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function lionRule(options: LionRuleOptions = {}): UpdateRule<'momentum'> {
  const beta1 = checkNumberOption('Lion', 'beta1', options.beta1 ?? 0.9, { above: 0, max: 1 });
  const beta2 = checkNumberOption('Lion', 'beta2', options.beta2 ?? 0.99, { min: 0, max: 1 });
  return {
    className: 'Lion',
    config: { beta1, beta2 },
    slots: [['momentum']],
    update: ({ gradient, parameter, slots, learningRate }) => {
      const direction = add(mul(slots.momentum, beta1), mul(gradient, 1 - beta1));
      // What is neither above nor below 0 is its own sign: 0, and NaN.
      const sign = where(greater(direction, 0), 1, where(less(direction, 0), -1, direction));
      const momentum = add(mul(slots.momentum, beta2), mul(gradient, 1 - beta2));
      return { parameter: sub(parameter, mul(learningRate, sign)), slots: { momentum } };
    },
  };
}
