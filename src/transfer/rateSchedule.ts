import { type LearningRateSchedule, schedules } from '../optim/index.js';
import { ArgumentError, checkChoiceOption } from '../tensor/index.js';
import { type FitOptions, sampleCount, type TrainingData } from '../training/index.js';

const shapes = {
  oneCycle: (rate, steps) => schedules.oneCycle({ maxLearningRate: rate, totalSteps: steps }),
  cosine: (rate, steps) => schedules.cosineDecay({ initialLearningRate: rate, decaySteps: steps }),
  warmup: (rate, steps) => schedules.linearWarmup(rate, { warmupSteps: Math.max(1, Math.round(steps / 10)) }),
} satisfies Record<string, ScheduleOf>;

/** A schedule for this highest rate and number of updates. */
type ScheduleOf = (learningRate: number, steps: number) => LearningRateSchedule;

/**
 * How a rate changes over the updates of a phase. `'constant'`: not at all. `'oneCycle'`: up to the rate in a quarter of the
 * updates, then down to nearly nothing. `'cosine'`: from the rate down to 0. `'warmup'`: up to the rate in a tenth of the
 * updates, then constant. A function: whatever it makes of the rate and the number of updates, such as one of Keras's
 * schedules.
 */
export type RateSchedule = 'constant' | keyof typeof shapes | ScheduleOf;

/**
 * The rate as an optimizer takes it.
 * @throws {ArgumentError} for another name, or if nobody can know how many updates there will be.
 */
export function scheduled(
  schedule: RateSchedule,
  learningRate: number,
  data: TrainingData,
  options: FitOptions,
): number | LearningRateSchedule {
  const make =
    typeof schedule === 'function'
      ? schedule
      : checkChoiceOption('fineTune', 'schedule', schedule, ['constant', 'oneCycle', 'cosine', 'warmup']);
  if (make === 'constant') return learningRate;
  const { epochs = 1, initialEpoch = 0 } = options;
  const steps = (epochs - initialEpoch) * stepsPerEpoch(data, options);
  return typeof make === 'function' ? make(learningRate, steps) : shapes[make](learningRate, steps);
}

function stepsPerEpoch(data: TrainingData, options: FitOptions): number {
  if (typeof options.stepsPerEpoch === 'number') return options.stepsPerEpoch;
  const { batchSize = 32, validationData, validationSplit = 0 } = options;
  const count = sampleCount(data);
  const kept =
    count !== null && !validationData && validationSplit > 0 ? Math.floor(count * (1 - validationSplit)) : count;
  if (kept !== null) return Math.max(1, Math.ceil(kept / batchSize));
  throw new ArgumentError({
    operation: 'fineTune',
    expected: 'a known number of updates, which the schedule is drawn for',
    received: 'data of unknown size',
    remedy: 'Give stepsPerEpoch.',
  });
}
