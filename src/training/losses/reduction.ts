import {
  ArgumentError,
  cast,
  div,
  formatShape,
  formatValue,
  logicalAnd,
  mul,
  ShapeError,
  ShapeMismatchError,
  sum,
  type Tensor,
  tensor,
} from '../../tensor/index.js';
import { divideNoNan } from './divideNoNan.js';
import { toSameRank } from './sameRank.js';

/** Names of the reductions, and what Keras's files call them. */
const kerasNames = {
  sumOverBatchSize: 'sum_over_batch_size',
  sum: 'sum',
  none: null,
  mean: 'mean',
  meanWithSampleWeight: 'mean_with_sample_weight',
} as const;

/**
 * How the losses of the entries of a batch become one number: `sumOverBatchSize` and `mean` divide their sum by the
 * number of entries, `meanWithSampleWeight` by the sum of the weights, `sum` by nothing; `none` leaves them as they are.
 */
export type Reduction = keyof typeof kerasNames;

/** A reduction by our name or by Keras's. @throws {ArgumentError} if it is neither. */
export function checkReduction(operation: string, value: unknown): Reduction {
  const names = Object.keys(kerasNames) as readonly Reduction[];
  const reduction = names.find((name) => name === value || kerasNames[name] === value);
  if (reduction !== undefined) return reduction;
  throw new ArgumentError({
    operation,
    expected: `reduction to be one of ${names.join(', ')}`,
    received: formatValue(value),
    remedy: 'Leave it out for sumOverBatchSize.',
  });
}

export function kerasReduction(reduction: Reduction): string | null {
  return kerasNames[reduction];
}

/** What counts in a reduction, besides the losses. */
export interface ReductionWeights {
  /** How much each entry counts; broadcast against the losses. */
  readonly sampleWeight: Tensor | null;
  /** Entries that count at all; means are taken over these only. */
  readonly mask: Tensor | null;
}

/**
 * Reduces the losses of entries. Shape: any shape to `[]`; unchanged for `none`.
 * @throws {ShapeError} if there are weights that do not go with the losses.
 */
export function reduceLosses(losses: Tensor, reduction: Reduction, { sampleWeight, mask }: ReductionWeights): Tensor {
  const weights = combine(
    sampleWeight === null ? null : cast(sampleWeight, losses.dtype),
    mask === null ? null : maskWeights(cast(mask, losses.dtype), reduction),
  );
  const weighted = weights === null ? losses : weigh(losses, weights);
  if (reduction === 'none' || weighted.rank === 0) return weighted;
  const total = sum(weighted);
  if (reduction === 'sum') return total;
  if (reduction === 'meanWithSampleWeight' && weights !== null) return divideNoNan(total, sum(weights));
  // No entries give a loss of 0.
  return div(total, Math.max(weighted.size, 1));
}

/** Entries that count for both; `null` counts all. */
export function bothMasks(a: Tensor | null, b: Tensor | null): Tensor | null {
  return a === null || b === null ? (a ?? b) : logicalAnd(a, b);
}

/** Weights of 0 and 1; for means scaled so that dividing by all entries divides by those that count. */
function maskWeights(counted: Tensor, reduction: Reduction): Tensor {
  if (reduction !== 'mean' && reduction !== 'sumOverBatchSize') return counted;
  return mul(counted, divideNoNan(tensor(counted.size, { dtype: counted.dtype }), sum(counted)));
}

function combine(sampleWeight: Tensor | null, maskWeight: Tensor | null): Tensor | null {
  if (sampleWeight === null || maskWeight === null) return sampleWeight ?? maskWeight;
  const [a, b] = toSameRank(sampleWeight, maskWeight);
  return mul(a, b);
}

function weigh(losses: Tensor, weights: Tensor): Tensor {
  const [values, factors] = toSameRank(losses, weights);
  if (factors.rank > 0 && factors.rank < values.rank) {
    throw new ShapeError({
      operation: 'sampleWeight',
      expected: `weights of rank ${values.rank} for losses of shape ${formatShape(values.shape)}`,
      received: formatShape(factors.shape),
      remedy: 'One weight for each sample has size 1 along the other axes, as in [n, 1].',
    });
  }
  if (values.rank > 0 && factors.rank > values.rank) {
    throw new ShapeMismatchError('sampleWeight', values.shape, factors.shape, 'Give one weight for each loss at most.');
  }
  return mul(values, factors);
}
