import { aliasOwners, type Group, type Plan, type Step, type Value, type ValueId } from '../../../plan/index.js';
import type { Dialect } from '../source/dialect.js';
import type { KernelSource, Operand } from '../source/kernelBuilder.js';
import { convolutionLowerings } from './convolution.js';
import { depthwiseLowerings } from './depthwise.js';
import { elementwiseLowerings, lowerElementwise } from './elementwise.js';
import { indexingLowerings } from './indexing.js';
import { layoutLowerings } from './layout.js';
import type { Finish, LoweredName, Lowering, LoweringContext, LoweringTable, StepOf } from './lowering.js';
import { matmulLowerings } from './matmul.js';
import { poolingLowerings } from './pooling.js';
import { randomLowerings } from './random.js';
import { reduceLowerings } from './reduce.js';
import { resizeLowerings } from './resize.js';

/** How every primitive is lowered. */
export const lowerings: LoweringTable = {
  ...elementwiseLowerings,
  ...reduceLowerings,
  ...matmulLowerings,
  ...convolutionLowerings,
  ...depthwiseLowerings,
  ...poolingLowerings,
  ...layoutLowerings,
  ...indexingLowerings,
  ...resizeLowerings,
  ...randomLowerings,
};

/** One run of a kernel. */
export interface Launch {
  readonly kernel: KernelSource;
  /** One for each target of the kernel. */
  readonly outputs: readonly Operand[];
  /** What it is there for: primitives, and the part of the program they belong to. */
  readonly step: string;
}

/** A plan as runs of kernels. */
export interface LoweredPlan {
  readonly launches: readonly Launch[];
  /** Quads that each temporary takes. */
  readonly temporaries: readonly number[];
  /** For values that are another one under a new shape: whose numbers they are. */
  readonly owners: ReadonlyMap<ValueId, ValueId>;
}

/** Turns every group of a plan into kernels. */
export function lowerPlan(plan: Plan, dialect: Dialect): LoweredPlan {
  const owners = aliasOwners(plan.values, plan.steps);
  const ownerOf = (id: ValueId): ValueId => owners.get(id) ?? id;
  const kept = new Set(plan.results.map(ownerOf));
  const launches: Launch[] = [];
  const temporaries: number[] = [];
  for (const group of plan.groups) {
    const step = describeGroup(plan, group);
    lowerGroup(plan, group, {
      dialect,
      value: (id) => plan.values[id] as Value,
      operand: (id) => ({ kind: 'value', id: ownerOf(id) }),
      isStored: (id) => plan.memory.slots.has(id) || kept.has(ownerOf(id)),
      temporary: (quads) => ({ kind: 'temporary', index: temporaries.push(quads) - 1 }),
      launch: (kernel, ...outputs) => launches.push({ kernel, outputs, step }),
    });
  }
  return { launches, temporaries, owners };
}

function lowerGroup(plan: Plan, group: Group, context: LoweringContext): void {
  const last = plan.steps[group.steps.at(-1) as number] as Step;
  switch (group.kind) {
    case 'single':
      lowerStep(last, context, { output: last.output, epilogue: {} });
      break;
    case 'epilogue':
      lowerStep(plan.steps[group.producer] as Step, context, { output: last.output, epilogue: group.epilogue });
      break;
    case 'elementwise':
      lowerElementwise(
        group.steps.map((index) => plan.steps[index] as Step),
        context,
      );
      break;
    case 'columnSum':
    case 'invertedResidual':
      throw new Error(`this backend asks for no groups of kind ${group.kind}`);
    default:
      throw new Error(`unknown group ${group satisfies never}`);
  }
}

function lowerStep<K extends LoweredName>(
  step: Step & { op: K | 'reshape' },
  context: LoweringContext,
  finish: Finish,
): void {
  // An alias is where its input is.
  if (step.op === 'reshape') return;
  const lowering: Lowering<K> = lowerings[step.op];
  lowering(step as StepOf<K>, context, finish);
}

/** What a group computes, and for which part of the program: `conv2d, add, relu at base/conv1`. */
function describeGroup({ steps }: Plan, group: Group): string {
  const members = group.steps.map((index) => steps[index] as Step);
  const origin = members[0]?.origin ?? '';
  return `${members.map(({ op }) => op).join(', ')}${origin === '' ? '' : ` at ${origin}`}`;
}
