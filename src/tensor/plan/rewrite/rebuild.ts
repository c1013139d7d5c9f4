import { ancestors, apply, type PrimitiveName } from '../../ops/index.js';
import { type Tensor, withOrigin } from '../../tensor.js';

/** What stands for `node` in a rewritten graph; `inputs` are rewritten already. */
export type Replace = (node: Tensor, inputs: readonly Tensor[]) => Tensor;

/** A node is a leaf of plans if its numbers are known or are bound when the plan runs. */
export function planInputs(node: Tensor): readonly Tensor[] {
  return node.storage === null ? node.inputs : [];
}

/** The same operation on other inputs; the node itself if they have not changed. */
export function withInputs(node: Tensor, inputs: readonly Tensor[]): Tensor {
  if (node.storage !== null || inputs.every((input, i) => input === node.inputs[i])) return node;
  return withOrigin(node.origin, () => apply(node.op as PrimitiveName, inputs, node.params as never));
}

const orders = new WeakMap<readonly Tensor[], readonly Tensor[]>();

/** Everything below `roots`, inputs first. It is looked for once: a rewrite that changes nothing hands on the same array. */
export function nodesBelow(roots: readonly Tensor[]): readonly Tensor[] {
  let order = orders.get(roots);
  if (order === undefined) {
    order = ancestors(roots, planInputs);
    orders.set(roots, order);
  }
  return order;
}

/**
 * Rewrites a graph from its leaves up: every node below `roots` is passed to `replace` once. Gives `roots` itself if
 * nothing has changed.
 */
export function rebuild(roots: readonly Tensor[], replace: Replace): readonly Tensor[] {
  const replaced = new Map<Tensor, Tensor>();
  for (const node of nodesBelow(roots)) {
    const inputs = planInputs(node).map((input) => replaced.get(input) as Tensor);
    replaced.set(node, replace(node, inputs));
  }
  return roots.every((root) => replaced.get(root) === root) ? roots : roots.map((root) => replaced.get(root) as Tensor);
}
