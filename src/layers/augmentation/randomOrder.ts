import {
  add,
  cast,
  equal,
  less,
  logicalAnd,
  logicalOr,
  reshape,
  sum,
  type Tensor,
  tensor,
} from '../../tensor/index.js';

/**
 * Where each of some keys stands in their order, equal ones by position: for random keys, a random permutation.
 * Shape: `[count] -> [count]`, int32.
 */
export function randomOrder(keys: Tensor): Tensor {
  const [count] = keys.shape as readonly [number];
  const [own, other] = [reshape(keys, [count, 1]), reshape(keys, [1, count])];
  const positions = tensor(
    Float32Array.from({ length: count }, (_, i) => i),
    { shape: [count, 1] },
  );
  const earlier = less(reshape(positions, [1, count]), positions);
  const before = logicalOr(less(other, own), logicalAnd(equal(other, own), earlier));
  return cast(add(sum(cast(before, 'float32'), { axes: [1] }), 0.5), 'int32');
}
