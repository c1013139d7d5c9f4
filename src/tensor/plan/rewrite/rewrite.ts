import type { Tensor } from '../../tensor.js';

/** What a rewrite made of a graph. */
export interface Rewritten {
  readonly roots: readonly Tensor[];
  /** What was done, for `explain()`; `null` if nothing. */
  readonly note: string | null;
}

/** A change of a graph that leaves what its roots compute as it is. */
export interface Rewrite {
  readonly name: string;
  readonly apply: (roots: readonly Tensor[]) => Rewritten;
}
