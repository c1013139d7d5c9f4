import type { Model } from '../../layers/index.js';
import type { FitFacts } from '../../training/index.js';

/** A training of a model that knows its layers. */
export interface Advised extends FitFacts {
  readonly model: Model;
}

/** What is wrong and what to do about it, or `null`. */
export type Advice = (training: Advised) => string | null | Promise<string | null>;
