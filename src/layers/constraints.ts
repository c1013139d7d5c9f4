import {
  ArgumentError,
  add,
  type ClassDescription,
  type Config,
  checkNumberOption,
  clip,
  type Described,
  div,
  formatValue,
  lookupKey,
  maximum,
  mul,
  readDescription,
  sqrt,
  square,
  sum,
  type Tensor,
} from '../tensor/index.js';
import { checkIntegers } from './options.js';

/** A bound that a weight is brought back to after every update. It knows its class and options, so that a file can hold it. */
export interface Constraint extends Described {
  /** The weight within its bound. Shape: unchanged. */
  apply(weight: Tensor): Tensor;
}

/** A constraint, its name (`'nonNeg'`, `'non_neg'`), or class and options as files have them. */
export type ConstraintLike = Constraint | string | ClassDescription;

/** Option of the constraints on norms. */
interface NormAxis {
  /**
   * Axes along which the numbers of one vector lie: 0 for dense kernels, whose columns are the weights of one unit;
   * `[0, 1, 2]` for kernels of 2D convolutions. @defaultValue `0`
   */
  readonly axis?: number | readonly number[];
}

/** Options of `maxNorm`. */
export interface MaxNormConfig extends NormAxis {
  /** Largest norm, at least 0. @defaultValue `2` */
  readonly maxValue?: number;
}

/** Options of `unitNorm`. */
export interface UnitNormConfig extends NormAxis {}

/** Options of `minMaxNorm`. */
export interface MinMaxNormConfig extends NormAxis {
  /** Smallest norm, at least 0. @defaultValue `0` */
  readonly minValue?: number;
  /** Largest norm, at least 0. @defaultValue `1` */
  readonly maxValue?: number;
  /** How much of the way to the bound is gone at each update, in `[0, 1]`. @defaultValue `1` */
  readonly rate?: number;
}

/** Keras's fuzz factor, which keeps the division by a norm finite. */
const epsilon = 1e-7;

/** Vectors longer than `maxValue` are shortened to it: `w min(|w|, maxValue) / (|w| + 1e-7)`. @throws {ArgumentError} */
export function maxNorm(config: MaxNormConfig = {}): Constraint {
  const maxValue = checkNumberOption('MaxNorm', 'maxValue', config.maxValue ?? 2, { min: 0 });
  const axis = checkAxisOption('MaxNorm', config.axis);
  return {
    className: 'MaxNorm',
    config: { maxValue, axis },
    apply: (weight) => rescaled(weight, axis, (norms) => clip(norms, 0, maxValue)),
  };
}

/** Negative numbers become 0. */
export function nonNeg(): Constraint {
  return { className: 'NonNeg', config: {}, apply: (weight) => maximum(weight, 0) };
}

/** Every vector has length 1: `w / (|w| + 1e-7)`. @throws {ArgumentError} */
export function unitNorm(config: UnitNormConfig = {}): Constraint {
  const axis = checkAxisOption('UnitNorm', config.axis);
  return {
    className: 'UnitNorm',
    config: { axis },
    apply: (weight) => div(weight, add(normsOf(weight, axis), epsilon)),
  };
}

/**
 * Vectors are brought towards lengths from `minValue` to `maxValue`: with `d = rate clip(|w|) + (1 - rate) |w|`,
 * `w d / (|w| + 1e-7)`. @throws {ArgumentError}
 */
export function minMaxNorm(config: MinMaxNormConfig = {}): Constraint {
  const minValue = checkNumberOption('MinMaxNorm', 'minValue', config.minValue ?? 0, { min: 0 });
  const maxValue = checkNumberOption('MinMaxNorm', 'maxValue', config.maxValue ?? 1, { min: 0 });
  const rate = checkNumberOption('MinMaxNorm', 'rate', config.rate ?? 1, { min: 0, max: 1 });
  const axis = checkAxisOption('MinMaxNorm', config.axis);
  return {
    className: 'MinMaxNorm',
    config: { minValue, maxValue, rate, axis },
    apply: (weight) =>
      rescaled(weight, axis, (norms) => add(mul(clip(norms, minValue, maxValue), rate), mul(norms, 1 - rate))),
  };
}

/** Lengths of the vectors, with their axes kept as size 1. */
function normsOf(weight: Tensor, axis: number | readonly number[]): Tensor {
  return sqrt(sum(square(weight), { axes: axis, keepDims: true }));
}

function rescaled(weight: Tensor, axis: number | readonly number[], desired: (norms: Tensor) => Tensor): Tensor {
  const norms = normsOf(weight, axis);
  return mul(weight, div(desired(norms), add(norms, epsilon)));
}

function checkAxisOption(className: string, axis: unknown): number | readonly number[] {
  const axes = checkIntegers(className, 'axis', axis ?? 0);
  return Array.isArray(axis) ? axes : (axes[0] as number);
}

// Options come from files; every maker checks what it reads.
const makers: Readonly<Record<string, (config: never) => Constraint>> = { maxNorm, nonNeg, unitNorm, minMaxNorm };
const known = new Map(Object.entries(makers).map(([name, make]) => [lookupKey(name), make]));

/** The constraint that is meant; `null` for none. @throws {ArgumentError} for an unknown name, listing the known ones. */
export function getConstraint(like: ConstraintLike | null | undefined): Constraint | null {
  if (like === null || like === undefined) return null;
  if (typeof like === 'object' && 'apply' in like) return like;
  const description = readDescription(like);
  const make = description === null ? undefined : known.get(lookupKey(description.className));
  if (description !== null && make !== undefined) return make(description.config as Config as never);
  throw new ArgumentError({
    operation: 'getConstraint',
    expected: `a constraint or one of ${Object.keys(makers).join(', ')}`,
    received: formatValue(description?.className ?? like),
    remedy: 'Write your own as an object with className, config and apply(weight).',
  });
}
