import { PrecisionRecall } from './precisionRecall.js';
import type { ThresholdOptions } from './thresholds.js';

/**
 * Fraction that was found of what is there: true positives over all labels that are not 0; 0 if there is none.
 * Shape of the result: `[]`, or `[thresholds]` if there are several.
 */
export class Recall extends PrecisionRecall {
  readonly className = 'Recall';

  constructor(options: ThresholdOptions = {}) {
    super('recall', 'falseNegatives', options);
  }
}
