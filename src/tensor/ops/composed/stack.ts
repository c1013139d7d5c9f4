import type { Tensor } from '../../tensor.js';
import { concat } from '../concat.js';
import { expandDims } from './expandDims.js';

/** Tensors of one shape side by side along a new axis. @throws {ArgumentError | AxisError | ShapeMismatchError} */
export function stack(inputs: readonly Tensor[], axis = 0): Tensor {
  return concat(
    inputs.map((x) => expandDims(x, axis)),
    axis,
  );
}
