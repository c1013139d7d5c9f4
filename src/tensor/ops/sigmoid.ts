import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, asTensors, floatingSpec, type TensorLike } from './operands.js';

export const sigmoidPrimitive = definePrimitive('sigmoid', {
  infer: (inputs) => floatingSpec('sigmoid', inputs),
  // d(sigmoid x) = sigmoid(x) (1 - sigmoid(x)) dx
  gradient: ({ dy, output }) => {
    const [y, one] = asTensors(output, 1);
    return [apply('mul', [dy, apply('mul', [y, apply('sub', [one, y], null)], null)], null)];
  },
  flops: elementwiseFlops,
});

/** `1 / (1 + e ** -x)`, element by element. */
export function sigmoid(x: TensorLike): Tensor {
  return apply('sigmoid', [asTensor(x)], null);
}
