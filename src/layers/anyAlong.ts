import { cast, max, type Tensor } from '../tensor/index.js';

/** Whether any truth value along `axis` is true. Shape: without `axis`, or with size 1 there if `keepDims`. */
export function anyAlong(x: Tensor, axis: number, keepDims = false): Tensor {
  return cast(max(cast(x, 'float32'), { axes: axis, keepDims }), 'bool');
}
