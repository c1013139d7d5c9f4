import type { Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { type RandomOptions, randomFlops, randomSpec, resolveRandom, stepTensor } from './randomness.js';

export const randomUniformPrimitive = definePrimitive('randomUniform', {
  infer: (inputs, params) => randomSpec('randomUniform', inputs, params),
  gradient: 'none',
  flops: randomFlops,
});

/** Random numbers uniform in `[0, 1)`: a pure function of seed, stream, step and position. @throws {ArgumentError} */
export function randomUniform(shape: Shape, options: RandomOptions = {}): Tensor {
  return apply('randomUniform', [stepTensor(options.step)], resolveRandom('randomUniform', shape, options));
}
