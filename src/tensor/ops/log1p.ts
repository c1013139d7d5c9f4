import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, asTensors, floatingSpec, type TensorLike } from './operands.js';

export const log1pPrimitive = definePrimitive('log1p', {
  infer: (inputs) => floatingSpec('log1p', inputs),
  // d(log(1 + x)) = dx / (1 + x)
  gradient: ({ dy, inputs }) => {
    const [x, one] = asTensors(inputs[0] as Tensor, 1);
    return [apply('div', [dy, apply('add', [x, one], null)], null)];
  },
  flops: elementwiseFlops,
});

/** `log(1 + x)`, exact for small `x`. */
export function log1p(x: TensorLike): Tensor {
  return apply('log1p', [asTensor(x)], null);
}
