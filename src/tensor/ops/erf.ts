import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { asTensor, asTensors, floatingSpec, type TensorLike } from './operands.js';

export const erfPrimitive = definePrimitive('erf', {
  infer: (inputs) => floatingSpec('erf', inputs),
  // d(erf x) = 2 / sqrt(pi) e^(-x^2) dx
  gradient: ({ dy, inputs }) => {
    const [x, slope] = asTensors(inputs[0] as Tensor, 2 / Math.sqrt(Math.PI));
    const bell = apply('exp', [apply('neg', [apply('mul', [x, x], null)], null)], null);
    return [apply('mul', [dy, apply('mul', [slope, bell], null)], null)];
  },
  flops: elementwiseFlops,
});

/** The error function `2 / sqrt(pi) * integral of e^(-t^2) from 0 to x`, element by element. */
export function erf(x: TensorLike): Tensor {
  return apply('erf', [asTensor(x)], null);
}
