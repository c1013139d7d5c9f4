import { add, cast, equal, logicalAnd, maximum, mul, notEqual, sub, type Tensor, where } from '../../tensor/index.js';

/** The nearest whole number, from 0 on; of two that are as near, the even one. */
export function rounded(x: Tensor): Tensor {
  const above = maximum(add(x, 0.5), 0);
  const whole = cast(cast(above, 'int32'), x.dtype as 'float32');
  const half = cast(cast(mul(whole, 0.5), 'int32'), x.dtype as 'float32');
  const isTie = logicalAnd(equal(above, whole), notEqual(mul(half, 2), whole));
  return where(isTie, sub(whole, 1), whole);
}
