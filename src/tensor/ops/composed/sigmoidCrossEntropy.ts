import type { Tensor } from '../../tensor.js';
import { abs } from '../abs.js';
import { add } from '../add.js';
import { exp } from '../exp.js';
import { log1p } from '../log1p.js';
import { mul } from '../mul.js';
import { neg } from '../neg.js';
import { relu } from '../relu.js';
import { sub } from '../sub.js';

/**
 * Binary cross-entropy of logits, element by element and without overflow:
 * `max(z, 0) - z y + log1p(e^-|z|) = -y log(sigmoid z) - (1 - y) log(1 - sigmoid z)`.
 */
export function sigmoidCrossEntropy(labels: Tensor, logits: Tensor): Tensor {
  return add(sub(relu(logits), mul(logits, labels)), log1p(exp(neg(abs(logits)))));
}
