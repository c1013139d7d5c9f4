import { type DType, floatx } from '../../dtype.js';
import type { Shape } from '../../shape.js';
import { type Tensor, tensorFrom } from '../../tensor.js';
import { broadcastTo } from '../broadcastTo.js';

/** `shape` filled with one number, without storing it more than once. */
export function fill(shape: Shape, value: number, dtype: DType = floatx()): Tensor {
  return broadcastTo(tensorFrom(value, [], dtype), shape);
}

export function zeros(shape: Shape, dtype: DType = floatx()): Tensor {
  return fill(shape, 0, dtype);
}

export function ones(shape: Shape, dtype: DType = floatx()): Tensor {
  return fill(shape, 1, dtype);
}
