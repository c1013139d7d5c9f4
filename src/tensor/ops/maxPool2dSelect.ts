import { ShapeMismatchError } from '../errors.js';
import { sameShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { poolFlops, poolSpec } from './pooling.js';

/**
 * The transpose of `maxPool2dGradient`: `(x, g) -> y`, the element of `g` at the place of the first largest element of
 * each window of `x`. It is what second derivatives of max pooling are made of.
 */
export const maxPool2dSelectPrimitive = definePrimitive('maxPool2dSelect', {
  infer: (inputs, params) => {
    const [x, g] = inputs as readonly [Tensor, Tensor];
    if (!sameShape(x.shape, g.shape)) throw new ShapeMismatchError('maxPool2dSelect', x.shape, g.shape);
    return poolSpec('maxPool2dSelect', x, params);
  },
  gradient: ({ dy, inputs, params }) => [null, apply('maxPool2dGradient', [inputs[0] as Tensor, dy], params)],
  flops: (_inputs, output, params) => poolFlops(output.size, params),
});
