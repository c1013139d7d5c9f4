import { ArgumentError, checkNumberOption } from '../../tensor/index.js';
import { type CosineDecayOptions, cosineDecay } from './cosineDecay.js';
import { isSchedule, type LearningRateSchedule } from './schedule.js';

/** Options of `linearWarmup`. */
export interface LinearWarmupOptions {
  /** Updates in which to climb; above 0. */
  readonly warmupSteps: number;
  /** Where to start; at least 0. @defaultValue `0` */
  readonly startLearningRate?: number;
}

/**
 * Climbs along a line from `startLearningRate` to a rate and stays there, or goes on with a cosine decay that starts there.
 * Either is a `CosineDecay` with a warm-up, so that Keras opens a model that is saved with it; it has no class for a warm-up
 * before other schedules, which are refused.
 * @param after at least 0, or `cosineDecay(…)` without a warm-up of its own
 * @throws {ArgumentError} for other schedules, or if an option is outside its range.
 */
export function linearWarmup(after: number | LearningRateSchedule, options: LinearWarmupOptions): LearningRateSchedule {
  const warmupSteps = checkNumberOption('linearWarmup', 'warmupSteps', options.warmupSteps, { above: 0 });
  const start = checkNumberOption('linearWarmup', 'startLearningRate', options.startLearningRate ?? 0, { min: 0 });
  // With alpha 1 nothing is left to decay.
  const { initialLearningRate, ...decay } = isSchedule(after)
    ? cosineOf(after)
    : { initialLearningRate: after, decaySteps: 1, alpha: 1 };
  return cosineDecay({ ...decay, initialLearningRate: start, warmupTarget: initialLearningRate, warmupSteps });
}

function cosineOf({ className, config }: LearningRateSchedule): CosineDecayOptions {
  if (className === 'CosineDecay' && config.warmupTarget === null) return config as CosineDecayOptions & typeof config;
  throw new ArgumentError({
    operation: 'linearWarmup',
    expected: 'a rate, or a cosineDecay without a warm-up of its own',
    received: className === 'CosineDecay' ? 'a cosineDecay with a warm-up' : className,
    remedy: 'Keras, which should be able to open saved models, knows no warm-up before other schedules.',
  });
}
