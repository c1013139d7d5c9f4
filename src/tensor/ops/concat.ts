import { ArgumentError, ShapeMismatchError } from '../errors.js';
import { checkAxis, type Shape, sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, noFlops } from './define.js';
import { checkSameDType } from './operands.js';

const without = (shape: Shape, axis: number): Shape => shape.filter((_, i) => i !== axis);

export const concatPrimitive = definePrimitive('concat', {
  infer: (inputs, { axis }) => {
    checkSameDType('concat', inputs);
    const [first] = inputs as readonly [Tensor];
    for (const { shape } of inputs) {
      if (shape.length !== first.rank || !sameShape(without(shape, axis), without(first.shape, axis))) {
        throw new ShapeMismatchError('concat', first.shape, shape, 'All axes but the joined one must agree.');
      }
    }
    const joined = inputs.reduce((total, { shape }) => total + (shape[axis] as number), 0);
    return { shape: first.shape.map((size, i) => (i === axis ? joined : size)), dtype: first.dtype };
  },
  gradient: ({ dy, inputs, params: { axis } }) => {
    let offset = 0;
    return inputs.map(({ shape }) => {
      const begin = shape.map((_, i) => (i === axis ? offset : 0));
      offset += shape[axis] as number;
      return apply('slice', [dy], { begin, size: shape });
    });
  },
  flops: noFlops,
});

/** Tensors joined along `axis`. @throws {ArgumentError | AxisError | ShapeMismatchError | DTypeError} */
export function concat(inputs: readonly Tensor[], axis = -1): Tensor {
  const [first] = inputs;
  if (first === undefined) {
    throw new ArgumentError({
      operation: 'concat',
      expected: 'at least one tensor',
      received: 'none',
      remedy: 'Leave the call out when there is nothing to join.',
    });
  }
  return inputs.length === 1 ? first : apply('concat', inputs, { axis: checkAxis('concat', axis, first.rank) });
}
