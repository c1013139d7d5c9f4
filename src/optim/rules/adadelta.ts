import { add, checkNumberOption, div, mul, sqrt, square, sub, type Tensor } from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of Adadelta. */
export interface AdadeltaRuleOptions {
  /** How slowly the averages forget, in `[0, 1]`. @defaultValue `0.95` */
  readonly rho?: number;
  /** Added to mean squares under the root. @defaultValue `1e-7` */
  readonly epsilon?: number;
}

/**
 * Gives moves the unit of the parameter (Zeiler, 2012): with `rms(x) = sqrt(x + epsilon)`,
 * `a <- rho a + (1 - rho) g^2`, `move = rms(d) / rms(a) g`, `d <- rho d + (1 - rho) move^2`, `w <- w - lr move`.
 * The paper's learning rate is 1; Keras's default is 0.001.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function adadeltaRule(options: AdadeltaRuleOptions = {}): UpdateRule<'accumulatedGrad' | 'accumulatedDeltaVar'> {
  const rho = checkNumberOption('Adadelta', 'rho', options.rho ?? 0.95, { min: 0, max: 1 });
  const epsilon = checkNumberOption('Adadelta', 'epsilon', options.epsilon ?? 1e-7, { min: 0 });
  const average = (before: Tensor, next: Tensor) => add(mul(before, rho), mul(square(next), 1 - rho));
  const rms = (meanSquare: Tensor) => sqrt(add(meanSquare, epsilon));
  return {
    className: 'Adadelta',
    config: { rho, epsilon },
    slots: [['accumulatedGrad', 'accumulatedDeltaVar']],
    update: ({ gradient, parameter, slots, learningRate }) => {
      const accumulatedGrad = average(slots.accumulatedGrad, gradient);
      const move = div(mul(rms(slots.accumulatedDeltaVar), gradient), rms(accumulatedGrad));
      const accumulatedDeltaVar = average(slots.accumulatedDeltaVar, move);
      return { parameter: sub(parameter, mul(learningRate, move)), slots: { accumulatedGrad, accumulatedDeltaVar } };
    },
  };
}
