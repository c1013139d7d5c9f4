import { DTypeError } from '../errors.js';
import { broadcastShapes } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensors, checkSameDType, type TensorLike, unbroadcast } from './operands.js';

export const wherePrimitive = definePrimitive('where', {
  infer: (inputs) => {
    const [condition, a, b] = inputs as readonly [Tensor, Tensor, Tensor];
    if (condition.dtype !== 'bool') throw new DTypeError('where', 'a bool condition', condition.dtype);
    checkSameDType('where', [a, b]);
    const shape = broadcastShapes('where', condition.shape, broadcastShapes('where', a.shape, b.shape));
    return { shape, dtype: a.dtype };
  },
  gradient: ({ dy, inputs }) => {
    const [condition, a, b] = inputs as readonly [Tensor, Tensor, Tensor];
    const zero = asTensors(dy, 0)[1];
    return [
      null,
      unbroadcast(apply('where', [condition, dy, zero], null), a),
      unbroadcast(apply('where', [condition, zero, dy], null), b),
    ];
  },
  flops: elementwiseFlops,
});

/** `a` where `condition` holds, `b` elsewhere; all three broadcast. */
export function where(condition: Tensor, a: TensorLike, b: TensorLike): Tensor {
  return apply('where', [condition, ...asTensors(a, b)], null);
}
