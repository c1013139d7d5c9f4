import type { OptimizerLike } from '../optim/index.js';
import type { LossOption, LossWeightOption } from './lossTerms.js';
import type { MetricsOption } from './metricTerms.js';

/** How a model is to be trained. */
export interface CompileModelOptions {
  /** @defaultValue `'rmsprop'` */
  readonly optimizer?: OptimizerLike;
  /** One for every output, a list, or a record by output names. Without any, only penalties are minimised. */
  readonly loss?: LossOption | null;
  /** What to report besides the loss; sample weights do not count. @defaultValue `[]` */
  readonly metrics?: MetricsOption | null;
  /** What to report, with sample weights. @defaultValue `[]` */
  readonly weightedMetrics?: MetricsOption | null;
  /** Factors of the outputs' losses in the total. @defaultValue 1 for each */
  readonly lossWeights?: LossWeightOption | null;
}
