import { add, div, mul, sub, type Tensor } from '../../tensor/index.js';
import type { Range } from './options.js';

/** Pixels from one range in another, rounded as Keras rounds: what comes next may go in steps. */
export function rescale(x: Tensor, from: Range, to: Range): Tensor {
  if (from[0] === to[0] && from[1] === to[1]) return x;
  return add(mul(div(sub(x, from[0]), from[1] - from[0]), to[1] - to[0]), to[0]);
}

/** What bytes hold. */
export const bytes: Range = [0, 255];
