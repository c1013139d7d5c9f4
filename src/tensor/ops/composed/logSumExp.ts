import { checkAxes, reducedShape } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { exp } from '../exp.js';
import { log } from '../log.js';
import { max } from '../max.js';
import type { ReduceOptions } from '../reduction.js';
import { reshape } from '../reshape.js';
import { sub } from '../sub.js';
import { sum } from '../sum.js';

/** `log(sum(exp(x)))` over `axes`, without overflow: `max + log(sum(exp(x - max)))`. @throws {AxisError} */
export function logSumExp(x: Tensor, options: ReduceOptions = {}): Tensor {
  const axes = checkAxes('logSumExp', options.axes, x.rank);
  const largest = max(x, { axes, keepDims: true });
  const total = add(largest, log(sum(exp(sub(x, largest)), { axes, keepDims: true })));
  return options.keepDims ? total : reshape(total, reducedShape(x.shape, axes, false));
}
