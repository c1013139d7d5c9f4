import { getOptimizer, type LearningRateSchedule, type Optimizer, type OptimizerLike } from '../optim/index.js';

/** A new optimizer with the options of another one, and a rate of its own. */
export function freshOptimizer(like: OptimizerLike, learningRate: number | LearningRateSchedule): Optimizer {
  const model = getOptimizer(like);
  const { className, excludeFromWeightDecay } = model;
  return getOptimizer({ className, config: { ...model.getConfig(), excludeFromWeightDecay, learningRate } });
}
