import { PrecisionRecall } from './precisionRecall.js';
import type { ThresholdOptions } from './thresholds.js';

/**
 * Fraction of right ones among what was found: true positives over all positives; 0 if nothing was found.
 * Shape of the result: `[]`, or `[thresholds]` if there are several.
 */
export class Precision extends PrecisionRecall {
  readonly className = 'Precision';

  constructor(options: ThresholdOptions = {}) {
    super('precision', 'falsePositives', options);
  }
}
