import { type DType, isFloating } from '../dtype.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';

export const castPrimitive = definePrimitive('cast', {
  infer: ([x], { dtype }) => ({ shape: (x as Tensor).shape, dtype }),
  gradient: ({ dy, inputs, output }) => {
    const x = inputs[0] as Tensor;
    const smooth = isFloating(x.dtype) && isFloating(output.dtype);
    return [smooth ? apply('cast', [dy], { dtype: x.dtype }) : null];
  },
  flops: elementwiseFlops,
});

/**
 * `x` as another dtype. Floats become integers by dropping the fraction, and saturate at the ends of the range; anything
 * becomes `bool` by comparing with 0.
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : apply('cast', [x], { dtype });
}
