import type { Tensor } from '../../tensor.js';
import type { Variable } from '../../variable.js';
import type { VariableParams } from '../trace.js';

/**
 * The nodes that depend on constants and on variables the plan does not assign only, so that they are computed once per
 * version instead of at every run. `order` has inputs before what reads them.
 */
export function steadyNodes(order: readonly Tensor[], assigned: ReadonlySet<Variable>): ReadonlySet<Tensor> {
  const steady = new Set<Tensor>();
  for (const node of order) if (isSteady(node, steady, assigned)) steady.add(node);
  return steady;
}

function isSteady(node: Tensor, steady: ReadonlySet<Tensor>, assigned: ReadonlySet<Variable>): boolean {
  if (node.storage !== null) return true;
  if (node.op === 'variable') return !assigned.has((node.params as VariableParams).variable);
  return node.op !== 'placeholder' && node.inputs.every((input) => steady.has(input));
}
