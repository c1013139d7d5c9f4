import {
  add,
  cast,
  checkNumberOption,
  div,
  fill,
  mul,
  pow,
  sqrt,
  square,
  sub,
  type Tensor,
} from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of Nadam. */
export interface NadamRuleOptions {
  /** How slowly the mean of the gradient forgets, in `[0, 1)`. @defaultValue `0.9` */
  readonly beta1?: number;
  /** How slowly the mean of its square forgets, in `[0, 1)`. @defaultValue `0.999` */
  readonly beta2?: number;
  /** Keeps the division finite. @defaultValue `1e-7` */
  readonly epsilon?: number;
}

/**
 * Adam with Nesterov's momentum (Dozat, 2016), with the momentum schedule `u_t = beta1 (1 - 0.96^t / 2)`:
 * `m <- m + (1 - beta1)(g - m)`, `v <- v + (1 - beta2)(g^2 - v)`,
 * `m' = u_(t+1) m / (1 - u_1 … u_(t+1)) + (1 - u_t) g / (1 - u_1 … u_t)`,
 * `w <- w - lr m' / (sqrt(v / (1 - beta2^t)) + epsilon)`. The product `u_1 … u_t` is remembered once for all weights.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function nadamRule(options: NadamRuleOptions = {}): UpdateRule<'momentum' | 'velocity', never, 'product'> {
  const beta1 = checkNumberOption('Nadam', 'beta1', options.beta1 ?? 0.9, { min: 0, below: 1 });
  const beta2 = checkNumberOption('Nadam', 'beta2', options.beta2 ?? 0.999, { min: 0, below: 1 });
  const epsilon = checkNumberOption('Nadam', 'epsilon', options.epsilon ?? 1e-7, { min: 0 });
  const scheduled = (step: Tensor): Tensor => mul(sub(1, mul(pow(0.96, step), 0.5)), beta1);
  return {
    className: 'Nadam',
    config: { beta1, beta2, epsilon },
    slots: [['momentum', 'velocity']],
    shared: {
      initial: { product: 1 },
      update: ({ product }, step) => ({ product: mul(product, scheduled(step)) }),
    },
    update: ({ gradient, parameter, slots, shared, learningRate, step }) => {
      const [present, next] = [scheduled(step), scheduled(add(step, 1))];
      const product = cast(shared.product, parameter.dtype);
      // In the precision of the weight, as Keras does: in single precision 1 - 0.999 is off by 1e-5.
      const [forgotten1, forgotten2] = [beta1, beta2].map((beta) => sub(1, fill([], beta, parameter.dtype)));
      const momentum = add(slots.momentum, mul(sub(gradient, slots.momentum), forgotten1 as Tensor));
      const velocity = add(slots.velocity, mul(sub(square(gradient), slots.velocity), forgotten2 as Tensor));
      const ahead = div(mul(next, momentum), sub(1, mul(product, next)));
      const fresh = div(mul(sub(1, present), gradient), sub(1, product));
      const deviation = sqrt(div(velocity, sub(1, pow(beta2, step))));
      const move = div(mul(add(ahead, fresh), learningRate), add(deviation, epsilon));
      return { parameter: sub(parameter, move), slots: { momentum, velocity } };
    },
  };
}
