import type { Tensor } from '../../tensor.js';
import type { Variable } from '../../variable.js';

/** What a rewrite made of a graph. */
export interface Rewritten {
  readonly roots: readonly Tensor[];
  /** What was done, for `explain()`; `null` if nothing. */
  readonly note: string | null;
}

/** What a rewrite may know besides the graph. */
export interface RewriteContext {
  /** Variables that the plan changes: what depends on them is computed at every run. */
  readonly assigned: ReadonlySet<Variable>;
}

/** A change of a graph that leaves what its roots compute as it is, up to rounding. */
export interface Rewrite {
  readonly name: string;
  readonly apply: (roots: readonly Tensor[], context: RewriteContext) => Rewritten;
}
