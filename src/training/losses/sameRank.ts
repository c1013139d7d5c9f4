import { expandDims, squeeze, type Tensor } from '../../tensor/index.js';

/**
 * Brings two tensors to one rank where a last axis of size 1 makes the difference: it is added to a vector, otherwise
 * removed from the other. Shape: `[n], [n, 1] -> [n, 1], [n, 1]`; `[n, m], [n, m, 1] -> [n, m], [n, m]`. Anything else
 * stays as it is.
 */
export function toSameRank(a: Tensor, b: Tensor): readonly [Tensor, Tensor] {
  if (b.rank > a.rank) {
    const [second, first] = toSameRank(b, a);
    return [first, second];
  }
  if (a.rank !== b.rank + 1 || a.shape.at(-1) !== 1) return [a, b];
  return b.rank === 1 ? [a, expandDims(b, -1)] : [squeeze(a, -1), b];
}
