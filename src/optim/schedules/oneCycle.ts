import { checkNumberOption } from '../../tensor/index.js';
import { cosineDecay } from './cosineDecay.js';
import type { LearningRateSchedule } from './schedule.js';

/** Options of `oneCycle`. */
export interface OneCycleOptions {
  /** The rate at the top; above 0. `lrFind` suggests one. */
  readonly maxLearningRate: number;
  /** Updates in the whole cycle: epochs times batches in an epoch; an integer of at least 1. */
  readonly totalSteps: number;
  /** Fraction of the updates that climb, in `[0, 1)`. @defaultValue `0.25` */
  readonly pctStart?: number;
  /** The cycle starts at `maxLearningRate / divFactor`; at least 1. @defaultValue `25` */
  readonly divFactor?: number;
  /** The cycle ends at `maxLearningRate / finalDivFactor`; at least 1. @defaultValue `1e5` */
  readonly finalDivFactor?: number;
}

/**
 * One cycle (Smith, 2018): up along a line from `maxLearningRate / divFactor`, then down along half a cosine wave to
 * `maxLearningRate / finalDivFactor`. Names and defaults are fastai's, which climbs along a cosine wave instead of a line;
 * momentum is left alone.
 *
 * It is a `CosineDecay` with a warm-up, so that Keras opens a model that is saved with it.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function oneCycle(options: OneCycleOptions): LearningRateSchedule {
  const check = (option: string, value: number, range: Parameters<typeof checkNumberOption>[3]): number =>
    checkNumberOption('oneCycle', option, value, range);
  const maximum = check('maxLearningRate', options.maxLearningRate, { above: 0 });
  const totalSteps = check('totalSteps', options.totalSteps, { min: 1, integer: true });
  const pctStart = check('pctStart', options.pctStart ?? 0.25, { min: 0, below: 1 });
  const divFactor = check('divFactor', options.divFactor ?? 25, { min: 1 });
  const finalDivFactor = check('finalDivFactor', options.finalDivFactor ?? 1e5, { min: 1 });
  const warmupSteps = Math.floor(pctStart * totalSteps);
  return cosineDecay({
    initialLearningRate: maximum / divFactor,
    warmupTarget: maximum,
    warmupSteps,
    decaySteps: totalSteps - warmupSteps,
    alpha: 1 / finalDivFactor,
  });
}
