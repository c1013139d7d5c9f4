import { maximum, mul, rsqrt, square, sum, type Tensor } from '../../tensor/index.js';

/** `x` divided by its length along some axes, or by `epsilon` where it is shorter. Shape: unchanged. */
export function unitLength(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const squares = sum(square(x), { axes, keepDims: true });
  return mul(x, rsqrt(maximum(squares, epsilon ** 2)));
}
