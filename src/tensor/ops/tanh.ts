import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, asTensors, floatingSpec, type TensorLike } from './operands.js';

export const tanhPrimitive = definePrimitive('tanh', {
  infer: (inputs) => floatingSpec('tanh', inputs),
  // d(tanh x) = (1 - tanh(x)^2) dx
  gradient: ({ dy, output }) => {
    const [y, one] = asTensors(output, 1);
    return [apply('mul', [dy, apply('sub', [one, apply('mul', [y, y], null)], null)], null)];
  },
  flops: elementwiseFlops,
});

/** Hyperbolic tangent, element by element. */
export function tanh(x: TensorLike): Tensor {
  return apply('tanh', [asTensor(x)], null);
}
