import { Optimizer, type OptimizerOptions } from './optimizer.js';
import { type AdadeltaRuleOptions, adadeltaRule } from './rules/adadelta.js';
import { type AdafactorRuleOptions, adafactorRule } from './rules/adafactor.js';
import { type AdagradRuleOptions, adagradRule } from './rules/adagrad.js';
import { type AdamRuleOptions, adamRule } from './rules/adam.js';
import { type AdamaxRuleOptions, adamaxRule } from './rules/adamax.js';
import { type FtrlRuleOptions, ftrlRule } from './rules/ftrl.js';
import { type LambRuleOptions, lambRule } from './rules/lamb.js';
import { type LionRuleOptions, lionRule } from './rules/lion.js';
import { type NadamRuleOptions, nadamRule } from './rules/nadam.js';
import { type RmspropRuleOptions, rmspropRule } from './rules/rmsprop.js';
import { type SgdRuleOptions, sgdRule } from './rules/sgd.js';

// Each makes an optimizer with Keras's defaults. Options outside their range throw an ArgumentError.

/** Stochastic gradient descent, with momentum if asked for. */
export function sgd(options: SgdRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(sgdRule(options), { learningRate: 0.01, ...options });
}

/** RMSprop (Hinton, 2012). */
export function rmsprop(options: RmspropRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(rmspropRule(options), options);
}

/** Adam (Kingma and Ba, 2015). */
export function adam(options: AdamRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(adamRule(options), options);
}

/** Adam with weight decay (Loshchilov and Hutter, 2019). */
export function adamW(options: AdamRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(adamRule(options, 'AdamW'), { weightDecay: 0.004, ...options });
}

/** Adagrad (Duchi et al., 2011). */
export function adagrad(options: AdagradRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(adagradRule(options), options);
}

/** Adadelta (Zeiler, 2012). */
export function adadelta(options: AdadeltaRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(adadeltaRule(options), options);
}

/** Adamax (Kingma and Ba, 2015). */
export function adamax(options: AdamaxRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(adamaxRule(options), options);
}

/** Adam with Nesterov's momentum (Dozat, 2016). */
export function nadam(options: NadamRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(nadamRule(options), options);
}

/** Adafactor (Shazeer and Stern, 2018). */
export function adafactor(options: AdafactorRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(adafactorRule(options), options);
}

/** Lion (Chen et al., 2023). */
export function lion(options: LionRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(lionRule(options), options);
}

/** LAMB (You et al., 2020). */
export function lamb(options: LambRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(lambRule(options), options);
}

/** Follow the regularised leader (McMahan et al., 2013). */
export function ftrl(options: FtrlRuleOptions & OptimizerOptions = {}): Optimizer {
  return new Optimizer(ftrlRule(options), options);
}
