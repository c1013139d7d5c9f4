import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { type PoolOptions, poolFlops, poolSpec, resolvePool } from './pooling.js';

export const maxPool2dPrimitive = definePrimitive('maxPool2d', {
  infer: ([x], params) => poolSpec('maxPool2d', x as Tensor, params),
  gradient: ({ dy, inputs, params }) => [apply('maxPool2dGradient', [inputs[0] as Tensor, dy], params)],
  flops: (_inputs, output, params) => poolFlops(output.size, params),
});

/**
 * Largest element of each window; padding never wins. Shape: `[n, h, w, c] -> [n, h', w', c]`.
 * @throws {ShapeError | ArgumentError | DTypeError}
 */
export function maxPool2d(x: Tensor, options: PoolOptions = {}): Tensor {
  return apply('maxPool2d', [x], resolvePool('maxPool2d', x, options));
}
