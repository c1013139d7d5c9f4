import { checkAxes } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { reshape } from '../reshape.js';

/** `x` without its axes of size 1, or without those of `axes` that have size 1. @throws {AxisError} */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  const candidates = checkAxes('squeeze', axes, x.rank);
  return reshape(
    x,
    x.shape.filter((size, axis) => size !== 1 || !candidates.includes(axis)),
  );
}
