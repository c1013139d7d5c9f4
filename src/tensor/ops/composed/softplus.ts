import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { exp } from '../exp.js';
import { greaterEqual } from '../greaterEqual.js';
import { log1p } from '../log1p.js';
import { neg } from '../neg.js';
import { where } from '../where.js';

/** `log(1 + e^x)` without overflow: `max(x, 0) + log1p(e^-|x|)`. */
export function softplus(x: Tensor): Tensor {
  // Not relu and abs: each has a kink at 0, and their gradients there would not add up to 1/2.
  const positive = greaterEqual(x, 0);
  return add(where(positive, x, 0), log1p(exp(where(positive, neg(x), x))));
}
