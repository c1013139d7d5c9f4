import { ancestors } from '../../ops/index.js';
import type { Tensor } from '../../tensor.js';
import { planInputs } from './rebuild.js';

/** What reads each node of a graph. A root is read by whoever asked for it, which counts as one more reader. */
export class Readers {
  readonly #readers = new Map<Tensor, Tensor[]>();
  readonly #roots: ReadonlySet<Tensor>;

  constructor(
    roots: readonly Tensor[],
    readonly order: readonly Tensor[] = ancestors(roots, planInputs),
  ) {
    this.#roots = new Set(roots);
    for (const node of order) {
      for (const input of new Set(planInputs(node))) {
        const known = this.#readers.get(input);
        if (known === undefined) this.#readers.set(input, [node]);
        else known.push(node);
      }
    }
  }

  /** The operations that read `node`; `null` if its numbers are asked for as they are. */
  of(node: Tensor): readonly Tensor[] | null {
    return this.#roots.has(node) ? null : (this.#readers.get(node) ?? []);
  }

  /** Whether `node` is made for one operation alone. */
  isOnlyFor(node: Tensor): boolean {
    return this.of(node)?.length === 1;
  }
}
