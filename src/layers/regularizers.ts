import {
  ArgumentError,
  abs,
  add,
  type ClassDescription,
  type Config,
  checkNumberOption,
  type Described,
  formatValue,
  lookupKey,
  mul,
  readDescription,
  square,
  sum,
  type Tensor,
} from '../tensor/index.js';

/** A price on large weights. It knows its class and options, so that a file can hold it. */
export interface Regularizer extends Described {
  /** The price of one weight, to be added to the loss: a scalar. */
  penalty(weight: Tensor): Tensor;
}

/** A regulariser, its name (`'l2'`), or class and options as files have them. */
export type RegularizerLike = Regularizer | string | ClassDescription;

/** Options of `l1l2`. */
export interface L1L2Config {
  /** Price of each weight's size. @defaultValue `0` */
  readonly l1?: number;
  /** Price of each weight's square. @defaultValue `0` */
  readonly l2?: number;
}

/** `l1 * sum |w|`; 0.01 by default. @throws {ArgumentError} */
export function l1(config: Pick<L1L2Config, 'l1'> = {}): Regularizer {
  const price = checkNumberOption('L1', 'l1', config.l1 ?? 0.01);
  return { className: 'L1', config: { l1: price }, penalty: (weight) => mul(sum(abs(weight)), price) };
}

/** `l2 * sum w^2`; 0.01 by default. @throws {ArgumentError} */
export function l2(config: Pick<L1L2Config, 'l2'> = {}): Regularizer {
  const price = checkNumberOption('L2', 'l2', config.l2 ?? 0.01);
  return { className: 'L2', config: { l2: price }, penalty: (weight) => mul(sum(square(weight)), price) };
}

/** `l1 * sum |w| + l2 * sum w^2`; each 0 by default. @throws {ArgumentError} */
export function l1l2(config: L1L2Config = {}): Regularizer {
  const prices: Config & Required<L1L2Config> = {
    l1: checkNumberOption('L1L2', 'l1', config.l1 ?? 0),
    l2: checkNumberOption('L1L2', 'l2', config.l2 ?? 0),
  };
  const first = l1(prices);
  const second = l2(prices);
  return {
    className: 'L1L2',
    config: prices,
    penalty: (weight) => add(first.penalty(weight), second.penalty(weight)),
  };
}

// Options come from files; every maker checks what it reads.
const makers: Readonly<Record<string, (config: never) => Regularizer>> = { l1, l2, l1l2 };
const known = new Map(Object.entries(makers));

/** The regulariser that is meant; `null` for none. @throws {ArgumentError} for an unknown name. */
export function getRegularizer(like: RegularizerLike | null | undefined): Regularizer | null {
  if (like === null || like === undefined) return null;
  if (typeof like === 'object' && 'penalty' in like) return like;
  const description = readDescription(like);
  const make = description === null ? undefined : known.get(lookupKey(description.className));
  if (description !== null && make !== undefined) return make(description.config as never);
  throw new ArgumentError({
    operation: 'getRegularizer',
    expected: `a regulariser or one of ${[...known.keys()].join(', ')}`,
    received: formatValue(description?.className ?? like),
    remedy: 'Write your own as an object with className, config and penalty(weight).',
  });
}
