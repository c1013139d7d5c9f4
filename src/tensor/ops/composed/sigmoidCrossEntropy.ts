import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { exp } from '../exp.js';
import { greaterEqual } from '../greaterEqual.js';
import { log1p } from '../log1p.js';
import { mul } from '../mul.js';
import { neg } from '../neg.js';
import { sub } from '../sub.js';
import { where } from '../where.js';

/**
 * Binary cross-entropy of logits, element by element and without overflow:
 * `max(z, 0) - z y + log1p(e^-|z|) = -y log(sigmoid z) - (1 - y) log(1 - sigmoid z)`.
 */
export function sigmoidCrossEntropy(labels: Tensor, logits: Tensor): Tensor {
  // Not relu and abs: each has a kink at 0, where a head that starts with zeros stands.
  const positive = greaterEqual(logits, 0);
  const linear = sub(where(positive, logits, 0), mul(logits, labels));
  return add(linear, log1p(exp(where(positive, neg(logits), logits))));
}
