import type { Tensor } from '../../tensor.js';
import type { Variable } from '../../variable.js';
import { placeholder } from '../trace.js';
import { nodesBelow, planInputs, rebuild, withInputs } from './rebuild.js';
import { steadyNodes } from './steady.js';

/** A graph cut in two: `hoisted` is computed once per version of its variables, `roots` at every run. */
export interface Hoisted {
  readonly roots: readonly Tensor[];
  readonly hoisted: readonly Tensor[];
}

/**
 * Moves what depends only on constants and on variables the plan does not assign out of the plan. Frozen variables enter
 * plans this way: by version, never by value.
 *
 * What merely repeats numbers (a broadcast, a one-hot table) stays: it is cheaper to make again than to keep.
 */
export function hoist(roots: readonly Tensor[], assigned: ReadonlySet<Variable>): Hoisted {
  const order = nodesBelow(roots);
  const steady = steadyNodes(order, assigned);

  const worthKeeping = (node: Tensor): boolean =>
    planInputs(node).length > 0 && node.size <= Math.max(...node.inputs.map(({ size }) => size));
  const boundary = new Set<Tensor>();
  const considered = new Set<Tensor>();
  const consider = (node: Tensor): void => {
    if (!steady.has(node) || planInputs(node).length === 0 || considered.has(node)) return;
    considered.add(node);
    if (worthKeeping(node)) boundary.add(node);
    else planInputs(node).forEach(consider);
  };
  roots.forEach(consider);
  for (const node of order) if (!steady.has(node)) planInputs(node).forEach(consider);

  const hoisted = [...boundary];
  const stands = new Map(hoisted.map((node, position) => [node, placeholder('hoisted', position, node)]));
  return { roots: rebuild(roots, (node, inputs) => stands.get(node) ?? withInputs(node, inputs)), hoisted };
}
