import {
  ArgumentError,
  abs,
  add,
  type ClassDescription,
  type Config,
  cast,
  checkChoiceOption,
  checkNumberOption,
  type Described,
  formatShape,
  formatValue,
  less,
  lookupKey,
  matmul,
  mul,
  oneHot,
  readDescription,
  rsqrt,
  ShapeError,
  square,
  sum,
  type Tensor,
  tensor,
  transpose,
  where,
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

/** Options of `orthogonalRegularizer`. */
export interface OrthogonalRegularizerConfig {
  /** Price of parallel vectors, at least 0. @defaultValue `0.01` */
  readonly factor?: number;
  /** Which vectors are to be orthogonal. @defaultValue `'rows'` */
  readonly mode?: 'rows' | 'columns';
}

/** `l1 * sum |w|`; 0.01 by default. @throws {ArgumentError} */
export function l1(config: Pick<L1L2Config, 'l1'> = {}): Regularizer {
  const price = checkNumberOption('L1', 'l1', config.l1 ?? 0.01, { min: 0 });
  return { className: 'L1', config: { l1: price }, penalty: (weight) => mul(sum(abs(weight)), price) };
}

/** `l2 * sum w^2`; 0.01 by default. @throws {ArgumentError} */
export function l2(config: Pick<L1L2Config, 'l2'> = {}): Regularizer {
  const price = checkNumberOption('L2', 'l2', config.l2 ?? 0.01, { min: 0 });
  return { className: 'L2', config: { l2: price }, penalty: (weight) => mul(sum(square(weight)), price) };
}

/** `l1 * sum |w| + l2 * sum w^2`; each 0 by default. @throws {ArgumentError} */
export function l1l2(config: L1L2Config = {}): Regularizer {
  const prices: Config & Required<L1L2Config> = {
    l1: checkNumberOption('L1L2', 'l1', config.l1 ?? 0, { min: 0 }),
    l2: checkNumberOption('L1L2', 'l2', config.l2 ?? 0, { min: 0 }),
  };
  const first = l1(prices);
  const second = l2(prices);
  return {
    className: 'L1L2',
    config: prices,
    penalty: (weight) => add(first.penalty(weight), second.penalty(weight)),
  };
}

/**
 * `factor` times the mean of `|cos|` over all pairs of rows, or of columns, of a matrix: 0 if they are orthogonal, whatever
 * their lengths. @throws {ArgumentError} @throws {ShapeError} when it is given a weight of another rank than 2.
 */
export function orthogonalRegularizer(config: OrthogonalRegularizerConfig = {}): Regularizer {
  const className = 'OrthogonalRegularizer';
  const factor = checkNumberOption(className, 'factor', config.factor ?? 0.01, { min: 0 });
  const mode = checkChoiceOption(className, 'mode', config.mode ?? 'rows', ['rows', 'columns']);
  return {
    className,
    config: { factor, mode },
    penalty: (weight) => {
      if (weight.rank !== 2) {
        throw new ShapeError({
          operation: className,
          expected: 'a weight of rank 2',
          received: formatShape(weight.shape),
          remedy: 'Use another regulariser for anything but matrices.',
        });
      }
      const vectors = unitVectors(mode === 'rows' ? weight : transpose(weight, [1, 0]));
      const [count] = vectors.shape as readonly [number, number];
      const same = oneHot(tensor(Int32Array.from({ length: count }, (_, i) => i)), count, 'float32');
      const cosines = where(cast(same, 'bool'), 0, abs(matmul(vectors, vectors, { transposeB: true })));
      return mul(sum(cosines), (factor * 0.5) / ((count * (count - 1)) / 2));
    },
  };
}

/** Rows brought to length 1; those that are next to nothing are multiplied with 1e7, as in Keras. */
function unitVectors(rows: Tensor): Tensor {
  const squares = sum(square(rows), { axes: -1, keepDims: true });
  const tiny = less(squares, 1e-14);
  return mul(rows, where(tiny, 1e7, rsqrt(where(tiny, 1, squares))));
}

// Options come from files; every maker checks what it reads.
const makers: Readonly<Record<string, (config: never) => Regularizer>> = { l1, l2, l1l2, orthogonalRegularizer };
const known = new Map(Object.entries(makers).map(([name, make]) => [lookupKey(name), make]));

/** The regulariser that is meant; `null` for none. @throws {ArgumentError} for an unknown name. */
export function getRegularizer(like: RegularizerLike | null | undefined): Regularizer | null {
  if (like === null || like === undefined) return null;
  if (typeof like === 'object' && 'penalty' in like) return like;
  const description = readDescription(like);
  const make = description === null ? undefined : known.get(lookupKey(description.className));
  if (description !== null && make !== undefined) return make(description.config as never);
  throw new ArgumentError({
    operation: 'getRegularizer',
    expected: `a regulariser or one of ${Object.keys(makers).join(', ')}`,
    received: formatValue(description?.className ?? like),
    remedy: 'Write your own as an object with className, config and penalty(weight).',
  });
}
