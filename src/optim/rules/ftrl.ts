import { add, checkNumberOption, clip, div, mul, pow, square, sub } from '../../tensor/index.js';
import type { UpdateRule } from '../updateRule.js';

/** Options of FTRL. */
export interface FtrlRuleOptions {
  /** How the learning rate falls with the sum of squares, at most 0. @defaultValue `-0.5` */
  readonly learningRatePower?: number;
  /** Sum of squares to start with, at least 0. @defaultValue `0.1` */
  readonly initialAccumulatorValue?: number;
  /** @defaultValue `0` */
  readonly l1RegularizationStrength?: number;
  /** @defaultValue `0` */
  readonly l2RegularizationStrength?: number;
  /** L2 penalty on moves rather than on weights. @defaultValue `0` */
  readonly l2ShrinkageRegularizationStrength?: number;
  /** The paper's beta. @defaultValue `0` */
  readonly beta?: number;
}

/**
 * Follow the regularised leader (McMahan et al., "Ad click prediction", 2013). With `p = -learningRatePower`:
 * `n' = n + g^2`, `z <- z + g + 2 shrinkage w - (n'^p - n^p) / lr w`,
 * `w <- (clip(z, -l1, l1) - z) / (n'^p / lr + 2 (l2 + beta / (2 lr)))`.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function ftrlRule(options: FtrlRuleOptions = {}): UpdateRule<'accumulator' | 'linear'> {
  const strength = (name: Exclude<keyof FtrlRuleOptions, 'learningRatePower' | 'initialAccumulatorValue'>) =>
    checkNumberOption('Ftrl', name, options[name] ?? 0, { min: 0 });
  const learningRatePower = checkNumberOption('Ftrl', 'learningRatePower', options.learningRatePower ?? -0.5, {
    max: 0,
  });
  const start = options.initialAccumulatorValue ?? 0.1;
  const initialAccumulatorValue = checkNumberOption('Ftrl', 'initialAccumulatorValue', start, { min: 0 });
  const l1RegularizationStrength = strength('l1RegularizationStrength');
  const l2RegularizationStrength = strength('l2RegularizationStrength');
  const l2ShrinkageRegularizationStrength = strength('l2ShrinkageRegularizationStrength');
  const beta = strength('beta');
  return {
    className: 'Ftrl',
    config: {
      learningRatePower,
      initialAccumulatorValue,
      l1RegularizationStrength,
      l2RegularizationStrength,
      l2ShrinkageRegularizationStrength,
      beta,
    },
    slots: [['accumulator', 'linear']],
    initial: { accumulator: initialAccumulatorValue },
    update: ({ gradient, parameter, slots, learningRate }) => {
      const shrunk = add(gradient, mul(parameter, 2 * l2ShrinkageRegularizationStrength));
      const accumulator = add(slots.accumulator, square(gradient));
      const power = pow(accumulator, -learningRatePower);
      const growth = div(sub(power, pow(slots.accumulator, -learningRatePower)), learningRate);
      const linear = add(slots.linear, sub(shrunk, mul(growth, parameter)));
      const penalty = add(div(beta, mul(learningRate, 2)), l2RegularizationStrength);
      const quadratic = add(div(power, learningRate), mul(penalty, 2));
      const clipped = clip(linear, -l1RegularizationStrength, l1RegularizationStrength);
      return { parameter: div(sub(clipped, linear), quadratic), slots: { accumulator, linear } };
    },
  };
}
