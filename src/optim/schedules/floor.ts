import { add, cast, greater, sub, type Tensor } from '../../tensor/index.js';

/** The largest integer not above `x`, for `0 <= x < 2^31`. */
export function floor(x: Tensor): Tensor {
  // Casting to an integer drops the fraction.
  return cast(cast(x, 'int32'), x.dtype);
}

/** The smallest integer not below `x`, for `0 <= x < 2^31`. */
export function ceil(x: Tensor): Tensor {
  const down = floor(x);
  return add(down, cast(greater(sub(x, down), 0), x.dtype));
}
