import type { Group, Step, Value, ValueId } from '../plan.js';
import type { Fusion, StepGraph } from './fusion.js';

/** Groups in an order they can run in, and what was done, for `explain()`. */
export interface Grouping {
  readonly groups: readonly Group[];
  readonly notes: readonly string[];
}

/** Lets each fusion take the steps it can, the first one first; what is left runs step by step. */
export function groupSteps(
  values: readonly Value[],
  steps: readonly Step[],
  results: readonly ValueId[],
  fusions: readonly Fusion[],
): Grouping {
  const graph: StepGraph = { values, steps, results: new Set(results), readers: readersOf(steps) };
  const taken = new Set<number>();
  const groups: Group[] = [];
  const notes: string[] = [];
  for (const { name, find } of fusions) {
    const found = find(graph, (step) => taken.has(step));
    for (const group of found) for (const step of group.steps) taken.add(step);
    groups.push(...found);
    if (found.length > 0) notes.push(`${name}: ${describe(found)}`);
  }
  steps.forEach((_, step) => {
    if (!taken.has(step)) groups.push({ kind: 'single', steps: [step] });
  });
  return { groups: inOrder(graph, groups), notes };
}

function describe(groups: readonly Group[]): string {
  const steps = groups.reduce((total, group) => total + group.steps.length, 0);
  return `${steps} steps run as ${groups.length}`;
}

function readersOf(steps: readonly Step[]): ReadonlyMap<ValueId, readonly number[]> {
  const readers = new Map<ValueId, number[]>();
  steps.forEach(({ inputs }, index) => {
    for (const input of new Set(inputs)) {
      const known = readers.get(input);
      if (known === undefined) readers.set(input, [index]);
      else known.push(index);
    }
  });
  return readers;
}

/** Every group after those whose results it reads; otherwise in the order of the steps they end with. */
function inOrder({ steps, values }: StepGraph, groups: readonly Group[]): readonly Group[] {
  const groupOf = new Map<number, Group>();
  for (const group of groups) for (const step of group.steps) groupOf.set(step, group);
  const placed = new Set<Group>();
  const open = new Set<Group>();
  const order: Group[] = [];
  const place = (group: Group): void => {
    if (placed.has(group)) return;
    if (open.has(group)) throw new Error('fusions made groups that wait for each other');
    open.add(group);
    for (const step of group.steps) {
      for (const input of (steps[step] as Step).inputs) {
        const { source } = values[input] as Value;
        const before = source.kind === 'step' ? groupOf.get(source.step) : undefined;
        if (before !== undefined && before !== group) place(before);
      }
    }
    placed.add(group);
    order.push(group);
  };
  for (const group of [...groups].sort((a, b) => (a.steps.at(-1) as number) - (b.steps.at(-1) as number))) place(group);
  return order;
}
