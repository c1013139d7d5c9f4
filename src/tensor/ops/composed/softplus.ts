import type { Tensor } from '../../tensor.js';
import { abs } from '../abs.js';
import { add } from '../add.js';
import { exp } from '../exp.js';
import { log1p } from '../log1p.js';
import { neg } from '../neg.js';
import { relu } from '../relu.js';

/** `log(1 + e^x)` without overflow: `max(x, 0) + log1p(e^-|x|)`. */
export function softplus(x: Tensor): Tensor {
  return add(relu(x), log1p(exp(neg(abs(x)))));
}
