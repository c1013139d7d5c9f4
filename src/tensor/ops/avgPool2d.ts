import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { type PoolOptions, poolFlops, poolSpec, resolvePool } from './pooling.js';

export const avgPool2dPrimitive = definePrimitive('avgPool2d', {
  infer: ([x], params) => poolSpec('avgPool2d', x as Tensor, params),
  gradient: ({ dy, inputs, params }) => [
    apply('avgPool2dGradient', [dy], { ...params, inputShape: (inputs[0] as Tensor).shape }),
  ],
  flops: (_inputs, output, params) => poolFlops(output.size, params),
});

/**
 * Mean of each window; padding does not count, as in TensorFlow. Shape: `[n, h, w, c] -> [n, h', w', c]`.
 * @throws {ShapeError | ArgumentError | DTypeError}
 */
export function avgPool2d(x: Tensor, options: PoolOptions = {}): Tensor {
  return apply('avgPool2d', [x], resolvePool('avgPool2d', x, options));
}
