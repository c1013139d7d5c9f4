import {
  add,
  checkNumberOption,
  div,
  greater,
  logicalAnd,
  mul,
  pow,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  where,
} from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of LAMB. */
export interface LambRuleOptions {
  /** How slowly the mean of the gradient forgets, in `[0, 1)`. @defaultValue `0.9` */
  readonly beta1?: number;
  /** How slowly the mean of its square forgets, in `[0, 1)`. @defaultValue `0.999` */
  readonly beta2?: number;
  /** Keeps the division finite. @defaultValue `1e-7` */
  readonly epsilon?: number;
}

/**
 * Adam for large batches, each move scaled to the norm of the weight (You et al., 2020): with bias-corrected `m` and `v`,
 * `move = m / (sqrt(v) + epsilon)` and `w <- w - lr |w| / |move| move`; the ratio is 1 where a norm is 0.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function lambRule(options: LambRuleOptions = {}): UpdateRule<'momentum' | 'velocity'> {
  const beta1 = checkNumberOption('Lamb', 'beta1', options.beta1 ?? 0.9, { min: 0, below: 1 });
  const beta2 = checkNumberOption('Lamb', 'beta2', options.beta2 ?? 0.999, { min: 0, below: 1 });
  const epsilon = checkNumberOption('Lamb', 'epsilon', options.epsilon ?? 1e-7, { min: 0 });
  const norm = (x: Tensor) => sqrt(sum(square(x)));
  return {
    className: 'Lamb',
    config: { beta1, beta2, epsilon },
    slots: [['momentum', 'velocity']],
    update: ({ gradient, parameter, slots, learningRate, step }) => {
      const momentum = add(slots.momentum, mul(sub(gradient, slots.momentum), 1 - beta1));
      const velocity = add(slots.velocity, mul(sub(square(gradient), slots.velocity), 1 - beta2));
      const mean = div(momentum, sub(1, pow(beta1, step)));
      const deviation = sqrt(div(velocity, sub(1, pow(beta2, step))));
      const move = div(mean, add(deviation, epsilon));
      const [weightNorm, moveNorm] = [norm(parameter), norm(move)];
      const scalable = logicalAnd(greater(weightNorm, 0), greater(moveNorm, 0));
      const ratio = where(scalable, div(weightNorm, moveNorm), 1);
      return { parameter: sub(parameter, mul(mul(ratio, learningRate), move)), slots: { momentum, velocity } };
    },
  };
}
