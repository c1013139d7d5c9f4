import type { Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { type RandomOptions, randomFlops, randomSpec, resolveRandom, stepTensor } from './randomness.js';

export const randomNormalPrimitive = definePrimitive('randomNormal', {
  infer: (inputs, params) => randomSpec('randomNormal', inputs, params),
  gradient: 'none',
  flops: randomFlops,
});

/** Random numbers of the standard normal distribution: a pure function of seed, stream, step and position. @throws {ArgumentError} */
export function randomNormal(shape: Shape, options: RandomOptions = {}): Tensor {
  return apply('randomNormal', [stepTensor(options.step)], resolveRandom('randomNormal', shape, options));
}
