import type { Tensor } from '../../tensor.js';
import type { ReduceOptions } from '../reduction.js';
import { sub } from '../sub.js';
import { mean } from './mean.js';
import { square } from './square.js';

/** Population variance `mean((x - mean(x))^2)` over `axes` (all of them by default). @throws {AxisError} */
export function variance(x: Tensor, options: ReduceOptions = {}): Tensor {
  return mean(square(sub(x, mean(x, { ...options, keepDims: true }))), options);
}
