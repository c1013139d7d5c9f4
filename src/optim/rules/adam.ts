import {
  add,
  checkBooleanOption,
  checkNumberOption,
  div,
  maximum,
  mul,
  pow,
  sqrt,
  square,
  sub,
} from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of Adam and AdamW. */
export interface AdamRuleOptions {
  /** How slowly the mean of the gradient forgets, in `[0, 1)`. @defaultValue `0.9` */
  readonly beta1?: number;
  /** How slowly the mean of its square forgets, in `[0, 1)`. @defaultValue `0.999` */
  readonly beta2?: number;
  /** Keeps the division finite. @defaultValue `1e-7` */
  readonly epsilon?: number;
  /** Divide by the largest mean square so far (Reddi et al., 2018). @defaultValue `false` */
  readonly amsgrad?: boolean;
}

/**
 * Adam (Kingma and Ba, 2015): `m <- m + (1 - beta1)(g - m)`, `v <- v + (1 - beta2)(g^2 - v)`,
 * `w <- w - lr sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)`.
 *
 * This is the form before section 2.1 of the paper, with "epsilon hat" beside the root of the biased `v`, as in Keras;
 * Algorithm 1 has it beside the root of the corrected one.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function adamRule(
  options: AdamRuleOptions = {},
  className: 'Adam' | 'AdamW' = 'Adam',
): UpdateRule<'momentum' | 'velocity', 'velocityHat'> {
  const beta1 = checkNumberOption(className, 'beta1', options.beta1 ?? 0.9, { min: 0, below: 1 });
  const beta2 = checkNumberOption(className, 'beta2', options.beta2 ?? 0.999, { min: 0, below: 1 });
  const epsilon = checkNumberOption(className, 'epsilon', options.epsilon ?? 1e-7, { min: 0 });
  const amsgrad = checkBooleanOption(className, 'amsgrad', options.amsgrad ?? false);
  return {
    className,
    config: { beta1, beta2, epsilon, amsgrad },
    slots: [['momentum', 'velocity'], ...(amsgrad ? [['velocityHat'] as const] : [])],
    update: ({ gradient, parameter, slots, learningRate, step }) => {
      const alpha = div(mul(learningRate, sqrt(sub(1, pow(beta2, step)))), sub(1, pow(beta1, step)));
      const momentum = add(slots.momentum, mul(sub(gradient, slots.momentum), 1 - beta1));
      const velocity = add(slots.velocity, mul(sub(square(gradient), slots.velocity), 1 - beta2));
      const velocityHat = slots.velocityHat && maximum(slots.velocityHat, velocity);
      const move = div(mul(momentum, alpha), add(sqrt(velocityHat ?? velocity), epsilon));
      return { parameter: sub(parameter, move), slots: { momentum, velocity, ...(velocityHat && { velocityHat }) } };
    },
  };
}
