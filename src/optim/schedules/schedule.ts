import type { Tensor } from '../../tensor/index.js';
import type { Config } from '../config.js';

/** A learning rate that depends on how many updates there have been. */
export interface LearningRateSchedule {
  /** Keras's name of the class, as files have it. */
  readonly className: string;
  /** The schedule's options, complete. */
  readonly config: Config;
  /** The rate after `step` updates: `step` is a floating scalar of at least 0, and so is the result. */
  rateAt(step: Tensor): Tensor;
}
