import { bytesPerElement, formatShape, type Plan, type Step, sizeOf, type Value, type ValueId } from 'mapache';
import { median } from '../harness.js';
import type { TimedPlan } from './instructionClock.js';

/** What a group of steps that run as one costs. */
export interface GroupCost {
  /** Primitives and shapes, from the first input to the result: what groups that are alike have in common. */
  readonly kind: string;
  /** Where in the network it is. */
  readonly origin: string;
  /** The instructions it became. */
  readonly instructions: string;
  readonly milliseconds: number;
  readonly flops: number;
  /** What has to be read and written at least: what comes from outside the group and what leaves it. */
  readonly bytes: number;
}

/** The cost of each group of a plan, in its order: medians of the runs. */
export function groupCosts({ plan, lowered, instructions }: TimedPlan): readonly GroupCost[] {
  const lastReader = lastReaders(plan);
  return plan.groups.map((group, index) => {
    const steps = group.steps.map((step) => plan.steps[step] as Step);
    const own = instructions.slice(lowered.groupStarts[index], lowered.groupStarts[index + 1]);
    const made = new Set(steps.map(({ output }) => output));
    const read = new Set(steps.flatMap(({ inputs }) => inputs.filter((id) => !made.has(id))));
    const kept = [...made].filter((id) => (lastReader.get(id) ?? -1) > (group.steps.at(-1) as number));
    return {
      kind: describe(plan, steps),
      origin: steps[0]?.origin ?? '',
      instructions: own.map(({ name }) => name).join(' '),
      milliseconds: own.reduce((total, { times }) => total + median(times), 0),
      flops: steps.reduce((total, { flops }) => total + flops, 0),
      bytes: [...read, ...kept].reduce((total, id) => total + bytesOf(plan, id), 0),
    };
  });
}

/** The last step that reads each value; none reads a result later than everything else. */
function lastReaders(plan: Plan): ReadonlyMap<ValueId, number> {
  const last = new Map<ValueId, number>();
  plan.steps.forEach(({ inputs }, step) => {
    for (const id of inputs) last.set(id, step);
  });
  for (const id of plan.results) last.set(id, Number.POSITIVE_INFINITY);
  return last;
}

function describe(plan: Plan, steps: readonly Step[]): string {
  const operations = runs(steps.map(({ op }) => op)).join(' ');
  const inputs = steps[0]?.inputs.map((id) => shapeOf(plan, id)) ?? [];
  const output = steps.at(-1)?.output;
  return `${operations} ${inputs.join(' ')} -> ${output === undefined ? '' : shapeOf(plan, output)}`;
}

/** `add, mul, mul, mul` as `add mul*3`. */
function runs(names: readonly string[]): readonly string[] {
  const counted: { name: string; count: number }[] = [];
  for (const name of names) {
    const last = counted.at(-1);
    if (last?.name === name) last.count++;
    else counted.push({ name, count: 1 });
  }
  return counted.map(({ name, count }) => (count === 1 ? name : `${name}*${count}`));
}

function shapeOf(plan: Plan, id: ValueId): string {
  return formatShape((plan.values[id] as Value).shape).replaceAll(' ', '');
}

function bytesOf(plan: Plan, id: ValueId): number {
  const { shape, dtype } = plan.values[id] as Value;
  return sizeOf(shape) * bytesPerElement(dtype);
}
