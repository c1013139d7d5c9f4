import { clip, div, sum, type Tensor } from '../../tensor/index.js';

/** Keras's fuzz factor. */
export const epsilon = 1e-7;

/** Probabilities held away from 0 and 1, where logarithms end: between `1e-7` and `1 - 1e-7`. */
export function clipProbabilities(p: Tensor): Tensor {
  return clip(p, epsilon, 1 - epsilon);
}

/** `p` divided by its sum along `axis`. @throws {AxisError} */
export function normalized(p: Tensor, axis: number): Tensor {
  return div(p, sum(p, { axes: axis, keepDims: true }));
}
