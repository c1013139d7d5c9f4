import type { Tensor } from '../../tensor.js';
import { nodesBelow, planInputs } from './rebuild.js';

/** What reads each node of a graph. A root is read by whoever asked for it, which counts as one more reader. */
export class Readers {
  readonly #readers = new Map<Tensor, Tensor[]>();
  readonly #roots: ReadonlySet<Tensor>;

  /** All nodes, inputs first. */
  readonly order: readonly Tensor[];

  constructor(roots: readonly Tensor[]) {
    this.#roots = new Set(roots);
    this.order = nodesBelow(roots);
    for (const node of this.order) {
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
