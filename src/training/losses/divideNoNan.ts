import { div, equal, type Tensor, where } from '../../tensor/index.js';

/** `a / b`, and 0 where `b` is 0. */
export function divideNoNan(a: Tensor, b: Tensor): Tensor {
  const empty = equal(b, 0);
  return where(empty, 0, div(a, where(empty, 1, b)));
}
