import { checkAxis } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { exp } from '../exp.js';
import { log } from '../log.js';
import { max } from '../max.js';
import { sub } from '../sub.js';
import { sum } from '../sum.js';

/** Logarithm of `softmax`: `(x - max) - log(sum(exp(x - max)))`. @throws {AxisError} */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  const along = { axes: checkAxis('logSoftmax', axis, x.rank), keepDims: true };
  const shifted = sub(x, max(x, along));
  return sub(shifted, log(sum(exp(shifted), along)));
}
