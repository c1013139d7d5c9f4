import { checkNumberOption } from '../tensor/index.js';
import type { FineTunePhase } from './fineTuneOptions.js';
import type { RateSchedule } from './rateSchedule.js';

/** Options of `gradualUnfreeze`. */
export interface GradualUnfreezeOptions {
  /** Epochs in which the head trains alone; 0 for a head that has been trained. @defaultValue `1` */
  readonly headEpochs?: number;
  /** Rate of that. @defaultValue `1e-3` */
  readonly headLearningRate?: number;
  /** Epochs of each later phase; at least 1. @defaultValue `1` */
  readonly epochs?: number;
  /** Rates of later phases, spread over the groups of layers. @defaultValue `[1e-6, 1e-4]` */
  readonly learningRate?: number | readonly [low: number, high: number];
  /** Later phases, each of which lets one more group train; the last one all. At least 1. @defaultValue `2` */
  readonly steps?: number;
  /** How rates change within each phase. @defaultValue `'oneCycle'` */
  readonly schedule?: RateSchedule;
}

/**
 * Phases for `fineTune` that train the head first, and then let the base follow from its last layers to its first (Howard
 * and Ruder, 2018), so that an untrained head disturbs nothing.
 * @throws {ArgumentError} if an option is outside its range.
 */
export function gradualUnfreeze(options: GradualUnfreezeOptions = {}): readonly FineTunePhase[] {
  const { headLearningRate = 1e-3, learningRate = [1e-6, 1e-4], schedule = 'oneCycle' } = options;
  const whole = (name: 'headEpochs' | 'epochs' | 'steps', value: number, min: number): number =>
    checkNumberOption('gradualUnfreeze', name, value, { min, integer: true });
  const headEpochs = whole('headEpochs', options.headEpochs ?? 1, 0);
  const epochs = whole('epochs', options.epochs ?? 1, 1);
  const steps = whole('steps', options.steps ?? 2, 1);
  const head: FineTunePhase = {
    name: 'head',
    train: 'head',
    epochs: headEpochs,
    learningRate: headLearningRate,
    schedule,
  };
  return [
    ...(headEpochs === 0 ? [] : [head]),
    ...Array.from({ length: steps }, (_, i): FineTunePhase => {
      const isLast = i === steps - 1;
      const name = isLast ? 'all layers' : i === 0 ? 'head and last group' : `head and last ${i + 1} groups`;
      return { name, train: isLast ? 'all' : i + 2, epochs, learningRate, schedule };
    }),
  ];
}
