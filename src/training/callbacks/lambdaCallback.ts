import type { Callback } from './callback.js';

/**
 * A callback made of functions, as in Keras. A plain object with the same hooks does as well.
 *
 * ```ts
 * new LambdaCallback({ onEpochEnd: (epoch, logs) => console.log(epoch, logs.loss) });
 * ```
 */
export class LambdaCallback implements Callback {
  readonly setParams: Callback['setParams'];
  readonly setModel: Callback['setModel'];
  readonly onTrainBegin: Callback['onTrainBegin'];
  readonly onTrainEnd: Callback['onTrainEnd'];
  readonly onEpochBegin: Callback['onEpochBegin'];
  readonly onEpochEnd: Callback['onEpochEnd'];
  readonly onTrainBatchBegin: Callback['onTrainBatchBegin'];
  readonly onTrainBatchEnd: Callback['onTrainBatchEnd'];
  readonly onFeatureProgress: Callback['onFeatureProgress'];
  readonly onNonFiniteLoss: Callback['onNonFiniteLoss'];

  constructor(hooks: Callback) {
    this.setParams = hooks.setParams;
    this.setModel = hooks.setModel;
    this.onTrainBegin = hooks.onTrainBegin;
    this.onTrainEnd = hooks.onTrainEnd;
    this.onEpochBegin = hooks.onEpochBegin;
    this.onEpochEnd = hooks.onEpochEnd;
    this.onTrainBatchBegin = hooks.onTrainBatchBegin;
    this.onTrainBatchEnd = hooks.onTrainBatchEnd;
    this.onFeatureProgress = hooks.onFeatureProgress;
    this.onNonFiniteLoss = hooks.onNonFiniteLoss;
  }
}
