import type { Compilation } from './compilation.js';
import type { Dataset } from './data/dataset.js';

/** A training that is about to begin. */
export interface FitFacts {
  readonly compilation: Compilation;
  readonly training: Dataset;
  readonly validation: Dataset | null;
  readonly batchSize: number;
}

/** Looks at a training before it begins, and warns where people go wrong. */
export type Adviser = (facts: FitFacts) => Promise<void>;

let installed: Adviser | null = null;

/** Called by `transfer`, which training must not know. */
export function installAdviser(adviser: Adviser): void {
  installed = adviser;
}

/** Has the training looked at, if there is somebody to do it. */
export async function advise(facts: FitFacts): Promise<void> {
  await installed?.(facts);
}
