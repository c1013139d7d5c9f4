import {
  ArgumentError,
  type ClassDescription,
  type Config,
  formatValue,
  isClassDescription,
} from '../../tensor/index.js';
import { type CosineDecayOptions, cosineDecay } from './cosineDecay.js';
import { type CosineDecayRestartsOptions, cosineDecayRestarts } from './cosineDecayRestarts.js';
import { type ExponentialDecayOptions, exponentialDecay } from './exponentialDecay.js';
import { type InverseTimeDecayOptions, inverseTimeDecay } from './inverseTimeDecay.js';
import { type PiecewiseConstantDecayOptions, piecewiseConstantDecay } from './piecewiseConstantDecay.js';
import { type PolynomialDecayOptions, polynomialDecay } from './polynomialDecay.js';
import { isSchedule, type LearningRateSchedule } from './schedule.js';

/** Schedules by Keras's names of their classes. Each checks the options it is given. */
export const scheduleClasses: ReadonlyMap<string, (config: Config) => LearningRateSchedule> = new Map([
  ['ExponentialDecay', (config: Config) => exponentialDecay(config as Config & ExponentialDecayOptions)],
  ['InverseTimeDecay', (config: Config) => inverseTimeDecay(config as Config & InverseTimeDecayOptions)],
  [
    'PiecewiseConstantDecay',
    (config: Config) => piecewiseConstantDecay(config as Config & PiecewiseConstantDecayOptions),
  ],
  ['PolynomialDecay', (config: Config) => polynomialDecay(config as Config & PolynomialDecayOptions)],
  ['CosineDecay', (config: Config) => cosineDecay(config as Config & CosineDecayOptions)],
  ['CosineDecayRestarts', (config: Config) => cosineDecayRestarts(config as Config & CosineDecayRestartsOptions)],
]);

/**
 * The schedule that files describe as `{ className, config }`; a schedule is returned as it is.
 * @throws {ArgumentError} if there is no such schedule, or if an option is outside its range.
 */
export function getSchedule(identifier: LearningRateSchedule | ClassDescription): LearningRateSchedule {
  if (isSchedule(identifier)) return identifier;
  const make = isClassDescription(identifier) ? scheduleClasses.get(identifier.className) : undefined;
  if (make !== undefined) return make(identifier.config ?? {});
  throw new ArgumentError({
    operation: 'getSchedule',
    expected: `a schedule, or one of ${[...scheduleClasses.keys()].join(', ')}`,
    received: isClassDescription(identifier) ? formatValue(identifier.className) : formatValue(identifier),
    remedy: 'Make one with schedules.exponentialDecay(…) and the like.',
  });
}
