import type { Config, Tensor } from '../../tensor/index.js';

/** A learning rate that depends on how many updates there have been. */
export interface LearningRateSchedule {
  /** Keras's name of the class, as files have it. */
  readonly className: string;
  /** The schedule's options, complete. */
  readonly config: Config;
  /** The rate after `step` updates: `step` is a floating scalar of at least 0, and so is the result. */
  rateAt(step: Tensor): Tensor;
}

/** Whether `value` can say a rate for every step. */
export function isSchedule(value: unknown): value is LearningRateSchedule {
  return typeof value === 'object' && value !== null && 'rateAt' in value && typeof value.rateAt === 'function';
}
