import type { Tensor } from '../../tensor.js';
import { greater } from '../greater.js';
import { where } from '../where.js';

/** `x` above `limit`, `defaultValue` elsewhere. */
export function threshold(x: Tensor, limit: number, defaultValue: number): Tensor {
  return where(greater(x, limit), x, defaultValue);
}
