import { add, checkBooleanOption, checkNumberOption, mul, sub } from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of stochastic gradient descent. */
export interface SgdRuleOptions {
  /** Fraction of the last move that goes into the next, in `[0, 1]`. @defaultValue `0` */
  readonly momentum?: number;
  /** Look ahead along the momentum (Nesterov, 1983). @defaultValue `false` */
  readonly nesterov?: boolean;
}

/**
 * Gradient descent `w <- w - lr g`; with momentum `m <- momentum m - lr g`, `w <- w + m`; with Nesterov's variant
 * `w <- w + momentum m - lr g` after `m` has been updated (Sutskever et al., 2013).
 * @throws {ArgumentError} if `momentum` is outside `[0, 1]`.
 */
export function sgdRule(options: SgdRuleOptions = {}): UpdateRule<never, 'momentum'> {
  const momentum = checkNumberOption('SGD', 'momentum', options.momentum ?? 0, { min: 0, max: 1 });
  const nesterov = checkBooleanOption('SGD', 'nesterov', options.nesterov ?? false);
  return {
    className: 'SGD',
    config: { momentum, nesterov },
    slots: momentum === 0 ? [] : [['momentum']],
    update: ({ gradient, parameter, slots, learningRate }) => {
      const move = mul(gradient, learningRate);
      if (slots.momentum === undefined) return { parameter: sub(parameter, move), slots: {} };
      const velocity = sub(mul(slots.momentum, momentum), move);
      const ahead = nesterov ? sub(mul(velocity, momentum), move) : velocity;
      return { parameter: add(parameter, ahead), slots: { momentum: velocity } };
    },
  };
}
