import type { Tensor } from '../../tensor.js';
import { mul } from '../mul.js';
import { neg } from '../neg.js';
import { sum } from '../sum.js';
import { logSoftmax } from './logSoftmax.js';

/** Cross-entropy of logits with a distribution per row: `-sum(labels * logSoftmax(logits))` over `axis`. @throws {AxisError} */
export function softmaxCrossEntropy(labels: Tensor, logits: Tensor, axis = -1): Tensor {
  return neg(sum(mul(labels, logSoftmax(logits, axis)), { axes: axis }));
}
