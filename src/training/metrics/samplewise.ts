import { broadcastTo, cast, type mean, mul, type Tensor } from '../../tensor/index.js';
import { toSameRank } from '../losses/sameRank.js';

/** How numbers of one sample become one number: `mean` or `sum`. */
type Reduce = typeof mean;

/** One number for each sample, weighted, and the weights. */
export interface SamplewiseValues {
  /** Shape: `[n]`, or `[]` if there was only one number. */
  readonly values: Tensor;
  /** Shape: `[n]`; `null` if all count the same. */
  readonly weights: Tensor | null;
}

/**
 * Brings values and weights to one number for each sample, as Keras does: values are reduced to the axes of the weights,
 * weighted, and both are then reduced to the first axis. Shape: `[n, …], [n, …] -> [n], [n]`.
 * @throws {ShapeError} if weights do not broadcast against values.
 */
export function samplewise(values: Tensor, sampleWeight: Tensor | null, reduce: Reduce): SamplewiseValues {
  const numbers = cast(values, 'float32');
  if (sampleWeight === null) return { values: toFirstAxis(numbers, reduce), weights: null };
  const [full, factors] = toSameRank(numbers, cast(sampleWeight, 'float32'));
  const reduced = full.rank > factors.rank ? reduce(full, { axes: axesFrom(factors.rank, full) }) : full;
  const weights = broadcastTo(factors, reduced.shape);
  return { values: toFirstAxis(mul(reduced, weights), reduce), weights: toFirstAxis(weights, reduce) };
}

function toFirstAxis(x: Tensor, reduce: Reduce): Tensor {
  return x.rank > 1 ? reduce(x, { axes: axesFrom(1, x) }) : x;
}

function axesFrom(first: number, { rank }: Tensor): number[] {
  return Array.from({ length: rank - first }, (_, i) => first + i);
}
