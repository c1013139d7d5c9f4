import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { div } from '../div.js';
import { relu6 } from './relu6.js';

/** Keras 3's piecewise linear sigmoid `relu6(x + 3) / 6`. Keras 2's was `clip(0.2 x + 0.5, 0, 1)`. */
export function hardSigmoid(x: Tensor): Tensor {
  return div(relu6(add(x, 3)), 6);
}
