import { abs, add, checkNumberOption, div, maximum, mul, pow, sub } from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of Adamax. */
export interface AdamaxRuleOptions {
  /** How slowly the mean of the gradient forgets, in `[0, 1)`. @defaultValue `0.9` */
  readonly beta1?: number;
  /** How slowly the largest gradient is forgotten, in `[0, 1]`. @defaultValue `0.999` */
  readonly beta2?: number;
  /** Keeps the division finite. @defaultValue `1e-7` */
  readonly epsilon?: number;
}

/**
 * Adam with the maximum norm (Kingma and Ba, 2015, section 7.1): `m <- m + (1 - beta1)(g - m)`,
 * `u <- max(beta2 u, |g|)`, `w <- w - lr m / ((1 - beta1^t)(u + epsilon))`.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function adamaxRule(options: AdamaxRuleOptions = {}): UpdateRule<'momentum' | 'norm'> {
  const beta1 = checkNumberOption('Adamax', 'beta1', options.beta1 ?? 0.9, { min: 0, below: 1 });
  const beta2 = checkNumberOption('Adamax', 'beta2', options.beta2 ?? 0.999, { min: 0, max: 1 });
  const epsilon = checkNumberOption('Adamax', 'epsilon', options.epsilon ?? 1e-7, { min: 0 });
  return {
    className: 'Adamax',
    config: { beta1, beta2, epsilon },
    slots: [['momentum', 'norm']],
    update: ({ gradient, parameter, slots, learningRate, step }) => {
      const momentum = add(slots.momentum, mul(sub(gradient, slots.momentum), 1 - beta1));
      const norm = maximum(mul(slots.norm, beta2), abs(gradient));
      const move = div(mul(learningRate, momentum), mul(sub(1, pow(beta1, step)), add(norm, epsilon)));
      return { parameter: sub(parameter, move), slots: { momentum, norm } };
    },
  };
}
