import { cast, type DType, max, mul, oneHot, reshape, sum, type Tensor } from '../../tensor/index.js';

/** How indices of categories are given: as they are, one vector for each, or one vector for each sample. */
export const outputModes = ['int', 'one_hot', 'multi_hot', 'count'] as const;
export type OutputMode = (typeof outputModes)[number];

/** How to encode. */
export interface Encoding {
  readonly mode: OutputMode;
  /** Number of categories. */
  readonly depth: number;
  readonly dtype: DType;
  /** What each index counts for, in mode `'count'`; `null` for 1. */
  readonly weights?: Tensor | null;
}

/**
 * Indices of categories as vectors. An index outside gives no 1 anywhere.
 * Shape: `'int'`: unchanged; `'one_hot'`: `[..., n] -> [..., n, depth]`, `[..., 1] -> [..., depth]`; the others:
 * `[n] -> [depth]`, `[batch, n, ...] -> [batch, ..., depth]`.
 */
export function encodeCategories(indices: Tensor, { mode, depth, dtype, weights = null }: Encoding): Tensor {
  if (mode === 'int') return cast(indices, dtype);
  const x = cast(indices.rank === 0 ? reshape(indices, [1]) : indices, 'int32');
  const isColumn = mode === 'one_hot' && x.rank > 1 && x.shape.at(-1) === 1;
  const vectors = oneHot(isColumn ? reshape(x, x.shape.slice(0, -1)) : x, depth, dtype);
  // Whatever the rank: Keras takes the first axis behind the batch for the elements of a sample.
  const axes = x.rank > 1 ? 1 : 0;
  if (mode === 'one_hot') return vectors;
  if (mode === 'multi_hot') return max(vectors, { axes });
  return sum(weights === null ? vectors : mul(vectors, reshape(cast(weights, dtype), [...x.shape, 1])), { axes });
}
