import { checkAxis } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { reshape } from '../reshape.js';

/** A new axis of size 1 at position `axis` of the result. @throws {AxisError} */
export function expandDims(x: Tensor, axis: number): Tensor {
  const shape = [...x.shape];
  shape.splice(checkAxis('expandDims', axis, x.rank + 1), 0, 1);
  return reshape(x, shape);
}
