import {
  ArgumentError,
  checkNumberOption,
  fill,
  formatValue,
  lessEqual,
  type Tensor,
  where,
} from '../../tensor/index.js';
import type { LearningRateSchedule } from './schedule.js';

/** Options of `piecewiseConstantDecay`. */
export interface PiecewiseConstantDecayOptions {
  /** The last update of each piece but the last; increasing. */
  readonly boundaries: readonly number[];
  /** The rate of each piece: one more than there are boundaries. */
  readonly values: readonly number[];
  /** @defaultValue `'PiecewiseConstant'` */
  readonly name?: string;
}

/**
 * `values[0]` up to and including step `boundaries[0]`, `values[1]` up to `boundaries[1]`, and so on.
 * @throws {ArgumentError} if there is not one value more than boundaries, or if boundaries do not increase.
 */
export function piecewiseConstantDecay(options: PiecewiseConstantDecayOptions): LearningRateSchedule {
  const className = 'PiecewiseConstantDecay';
  const { boundaries, values } = checkPieces(className, options);
  const last = values.at(-1) as number;
  return {
    className,
    config: { boundaries, values, name: options.name ?? 'PiecewiseConstant' },
    rateAt: (step) =>
      boundaries.reduceRight<Tensor>(
        (later, boundary, i) => where(lessEqual(step, boundary), values[i] as number, later),
        fill(step.shape, last, step.dtype),
      ),
  };
}

function checkPieces(
  operation: string,
  { boundaries, values }: PiecewiseConstantDecayOptions,
): Pick<PiecewiseConstantDecayOptions, 'boundaries' | 'values'> {
  const listed = Array.isArray(boundaries) && Array.isArray(values);
  if (!listed || values.length !== boundaries.length + 1) {
    throw new ArgumentError({
      operation,
      expected: 'two lists, with one value more than there are boundaries',
      received: `boundaries ${formatValue(boundaries)}, values ${formatValue(values)}`,
      remedy: 'The first value holds before the first boundary, the last one after the last.',
    });
  }
  for (const value of values) checkNumberOption(operation, 'values', value, { min: 0 });
  for (const [i, boundary] of boundaries.entries()) {
    checkNumberOption(operation, 'boundaries', boundary, { above: boundaries[i - 1] ?? -1 });
  }
  return { boundaries: [...boundaries], values: [...values] };
}
