import ndarray from 'ndarray';
import { type DType, dtypeOf, floatx, isTypedArray, type TypedArray } from './dtype.js';
import { type StridedView, type Tensor, tensorFrom } from './tensor.js';

/** A tensor with the elements of a strided `ndarray` view, in the view's order; copied. */
export function fromNdarray(view: StridedView, dtype?: DType): Tensor {
  const natural = isTypedArray(view.data) ? dtypeOf(view.data) : floatx();
  return tensorFrom(view, undefined, dtype ?? natural);
}

/** The tensor's numbers as a dense scijs `ndarray`, which can be sliced and transposed without copying. */
export async function toNdarray(tensor: Tensor): Promise<ndarray.NdArray<TypedArray>> {
  return ndarray(await tensor.data(), [...tensor.shape]);
}
