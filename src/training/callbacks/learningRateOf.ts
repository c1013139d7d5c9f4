import type { TrainingControl } from './callback.js';

/** The present learning rate; with a schedule, the rate of the next update. */
export async function learningRateOf({ optimizer }: TrainingControl): Promise<number> {
  return optimizer.currentLearningRate().item();
}
