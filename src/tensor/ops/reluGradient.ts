import { ShapeMismatchError } from '../errors.js';
import { sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive, elementwiseFlops } from './define.js';
import { checkFloating, checkSameDType } from './operands.js';

/**
 * Gradient of `relu`: `(dy, y) -> dx`, `dy` where `0 < y < maximum`, else 0. At both ends it is 0, as in TensorFlow's
 * `ReluGrad` and `Relu6Grad`.
 */
export const reluGradientPrimitive = definePrimitive('reluGradient', {
  infer: (inputs) => {
    const [dy, y] = inputs as readonly [Tensor, Tensor];
    checkSameDType('reluGradient', inputs);
    checkFloating('reluGradient', dy);
    if (!sameShape(dy.shape, y.shape)) throw new ShapeMismatchError('reluGradient', dy.shape, y.shape);
    return { shape: dy.shape, dtype: dy.dtype };
  },
  // Linear in dy. Which elements pass does not vary smoothly with y.
  gradient: ({ dy: ddx, inputs, params }) => [apply('reluGradient', [ddx, inputs[1] as Tensor], params), null],
  flops: elementwiseFlops,
});
