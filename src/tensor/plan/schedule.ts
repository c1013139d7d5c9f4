import { type PrimitiveName, primitives } from '../ops/index.js';
import type { Tensor } from '../tensor.js';
import { nodesBelow, planInputs } from './rewrite/rebuild.js';

/** How far a node is from the leaves, along the longest path. */
interface Depth {
  /** Steps that do more than one operation for each element of their result. */
  readonly heavy: number;
  readonly all: number;
}

const leaf: Depth = { heavy: 0, all: 0 };

/** What is smaller than this part of what it is made for may wait in memory. */
const negligible = 1 / 64;

/**
 * The order to compute a graph in. What is least deep is finished first, and everything is made just before it is first
 * read, the deepest input first. In a training step that is: the forward pass; then, layer by layer backwards, the
 * gradients of a layer's variables and what becomes of them, so that little waits in memory; only then the layer below.
 * What is small and needs no layer computed, such as a bias, is made before the layers instead, where it can be made
 * together with others.
 */
export function schedule(roots: readonly Tensor[]): readonly Tensor[] {
  const depths = new Map<Tensor, Depth>();
  const depthOf = (node: Tensor): Depth => depths.get(node) ?? leaf;
  for (const node of nodesBelow(roots)) {
    const inputs = planInputs(node).map(depthOf);
    if (inputs.length === 0) continue;
    const heavy = Math.max(...inputs.map((depth) => depth.heavy)) + (isHeavy(node) ? 1 : 0);
    depths.set(node, { heavy, all: Math.max(...inputs.map((depth) => depth.all)) + 1 });
  }
  const shallowFirst = (a: Tensor, b: Tensor): number => depthOf(a).all - depthOf(b).all || a.id - b.id;
  const order = new Set<Tensor>();
  // Taken from its end. A node is looked at again once its inputs are there.
  const stack = [...roots].sort((a, b) => depthOf(b).heavy - depthOf(a).heavy || shallowFirst(b, a));
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (order.has(node)) continue;
    const missing = planInputs(node).filter((input) => !order.has(input));
    if (missing.length === 0) order.add(node);
    else {
      const most = negligible * node.size;
      const mayWait = (input: Tensor): number => Number(depthOf(input).heavy === 0 && input.size <= most);
      stack.push(node, ...missing.sort((a, b) => mayWait(a) - mayWait(b) || shallowFirst(a, b)));
    }
  }
  return [...order];
}

function isHeavy(node: Tensor): boolean {
  const primitive = primitives[node.op as PrimitiveName];
  return primitive.flops(node.inputs, node, node.params as never) > node.size;
}
