import { ShapeMismatchError } from '../errors.js';
import { broadcastShapes, type Shape, sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';
import { asTensor, type TensorLike, unbroadcast } from './operands.js';

export const broadcastToPrimitive = definePrimitive('broadcastTo', {
  infer: ([x], { shape }) => {
    const input = x as Tensor;
    if (!sameShape(broadcastShapes('broadcastTo', input.shape, shape), shape)) {
      throw new ShapeMismatchError('broadcastTo', input.shape, shape);
    }
    return { shape, dtype: input.dtype };
  },
  gradient: ({ dy, inputs }) => [unbroadcast(dy, inputs[0] as Tensor)],
  flops: noFlops,
});

/** `x` repeated along axes of size 1 and new leading axes until it has `shape`. @throws {ShapeMismatchError} */
export function broadcastTo(x: TensorLike, shape: Shape): Tensor {
  const input = asTensor(x);
  return sameShape(input.shape, shape) ? input : apply('broadcastTo', [input], { shape: [...shape] });
}
