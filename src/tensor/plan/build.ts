import { TraceError } from '../errors.js';
import { type Primitive, type PrimitiveName, primitives } from '../ops/index.js';
import type { Tensor } from '../tensor.js';
import type { Variable } from '../variable.js';
import { groupSteps } from './fuse/fuse.js';
import type { Fusion } from './fuse/fusion.js';
import { planMemory } from './memory.js';
import type { Effect, Plan, Step, Value, ValueId, ValueSource } from './plan.js';
import { deduplicate } from './rewrite/deduplicate.js';
import { hoist } from './rewrite/hoist.js';
import { planInputs } from './rewrite/rebuild.js';
import type { Rewrite } from './rewrite/rewrite.js';
import { schedule } from './schedule.js';
import type { PlaceholderParams, VariableParams } from './trace.js';

/** How a backend likes its plans. */
export interface PlanStyle {
  /** Applied to the graph after `deduplicate`, in this order. */
  readonly rewrites: readonly Rewrite[];
  /** Tried on the steps, in this order. */
  readonly fusions: readonly Fusion[];
  /** Rewrites that cost time, tried last: each is kept only if the plan then needs much less memory. */
  readonly savings: readonly Rewrite[];
}

/** Every step by itself, as it was written. */
export const plainStyle: PlanStyle = { rewrites: [], fusions: [], savings: [] };

/** A saving must bring the memory of a plan below this part of what it was. */
const worthSaving = 0.8;

/** What a plan shall compute. */
export interface PlanRequest {
  readonly name: string;
  readonly outputs: readonly Tensor[];
  readonly effects?: ReadonlyMap<Variable, Tensor>;
  /** @defaultValue `plainStyle` */
  readonly style?: PlanStyle;
}

/** Turns a graph into a plan: rewritten, cut in two by version, scheduled and laid out in memory. */
export function buildPlan({ name, outputs, effects = new Map(), style = plainStyle }: PlanRequest): Plan {
  const assigned = [...effects.keys()];
  const context = { assigned: new Set(assigned) };
  const notes: string[] = [];
  let roots: readonly Tensor[] = [...outputs, ...effects.values()];
  for (const rewrite of [deduplicate, ...style.rewrites]) {
    const rewritten = rewrite.apply(roots, context);
    roots = rewritten.roots;
    if (rewritten.note !== null) notes.push(`${rewrite.name}: ${rewritten.note}`);
  }
  const cut = hoist(roots, context.assigned);
  if (cut.hoisted.length > 0) notes.push(`hoist: ${cut.hoisted.length} values kept until a version changes`);
  const prelude =
    cut.hoisted.length > 0
      ? lower(`${name} (prelude)`, cut.hoisted, [], style.fusions, { prelude: null, rewrites: [] })
      : null;
  let plan = lower(name, cut.roots, assigned, style.fusions, { prelude, rewrites: notes });
  for (const saving of style.savings) {
    const rewritten = saving.apply(cut.roots, context);
    if (rewritten.note === null) continue;
    const rewrites = [...notes, `${saving.name}: ${rewritten.note}`];
    const leaner = lower(name, rewritten.roots, assigned, style.fusions, { prelude, rewrites });
    if (leaner.memory.arenaBytes < worthSaving * plan.memory.arenaBytes) plan = leaner;
  }
  return plan;
}

/** Numbers values and steps. `roots` are the outputs, then one value for each assigned variable. */
function lower(
  name: string,
  roots: readonly Tensor[],
  assigned: readonly Variable[],
  fusions: readonly Fusion[],
  rest: Pick<Plan, 'prelude' | 'rewrites'>,
): Plan {
  const values: Value[] = [];
  const steps: Step[] = [];
  const bound: ValueId[] = [];
  const ids = new Map<Tensor, ValueId>();
  const addValue = (node: Tensor, source: ValueSource): ValueId => {
    const id = values.length;
    values.push({ id, shape: node.shape, dtype: node.dtype, source });
    return id;
  };
  for (const node of schedule(roots)) {
    if (planInputs(node).length > 0) {
      const output = addValue(node, { kind: 'step', step: steps.length });
      ids.set(node, output);
      steps.push(makeStep(node, ids, output));
    } else {
      const source = leafSource(name, node);
      const id = addValue(node, source);
      ids.set(node, id);
      bound.push(id);
    }
  }
  const results = roots.map((root) => ids.get(root) as ValueId);
  const outputs = results.slice(0, results.length - assigned.length);
  const effects = assigned.map((variable, i): Effect => ({ variable, value: results[outputs.length + i] as ValueId }));
  const { groups, notes } = groupSteps(values, steps, results, fusions);
  const memory = planMemory({ values, steps, groups, results });
  const rewrites = [...rest.rewrites, ...notes];
  return { name, values, bound, steps, groups, outputs, effects, results, memory, prelude: rest.prelude, rewrites };
}

function makeStep(node: Tensor, ids: ReadonlyMap<Tensor, ValueId>, output: ValueId): Step {
  const op = node.op as PrimitiveName;
  const flops = (primitives[op] as Primitive).flops(node.inputs, node, node.params as never);
  const inputs = node.inputs.map((input) => ids.get(input) as ValueId);
  return { op, params: node.params, inputs, output, flops, origin: node.origin } as Step;
}

function leafSource(operation: string, node: Tensor): ValueSource {
  if (node.storage !== null) return { kind: 'constant', storage: node.storage };
  if (node.op === 'variable') return { kind: 'variable', variable: (node.params as VariableParams).variable };
  if (node.op === 'placeholder') return node.params as PlaceholderParams;
  throw new TraceError({
    operation,
    expected: 'a tensor made by an operation, an input, a variable or a constant',
    received: node.toString(),
    remedy: 'Tensors are made by the functions of mapache/tensor only.',
  });
}
