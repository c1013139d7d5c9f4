import { type DType, dtypeOf, floatx, isTypedArray } from './dtype.js';
import type { Shape } from './shape.js';
import { type Tensor, type TensorData, tensorFrom } from './tensor.js';

/** Options of `tensor`. */
export interface TensorOptions {
  /** @defaultValue the shape of nested arrays or of a view; `[n]` for flat data */
  readonly shape?: Shape;
  /** @defaultValue a typed array's own dtype, otherwise `floatx()` */
  readonly dtype?: DType;
}

/**
 * A constant tensor. The numbers are copied, so later changes of `data` change nothing.
 *
 * ```ts
 * tensor([[1, 2], [3, 4]]);
 * tensor(new Float32Array(12), { shape: [3, 4] });
 * tensor(ndarray(pixels, [h, w, 3]).transpose(1, 0, 2));
 * ```
 * @throws {ArgumentError} if the data is ragged or does not fill `shape`.
 */
export function tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  const dtype = options.dtype ?? (isTypedArray(data) ? dtypeOf(data) : floatx());
  return tensorFrom(data, options.shape, dtype);
}
