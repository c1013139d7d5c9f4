import type { Plan, Step, Value, ValueId } from '../../../plan/index.js';
import { aliasOwners, type Group } from '../../../plan/index.js';
import { convolutionLowerings } from './convolution.js';
import { emitCopy } from './copy.js';
import { depthwiseLowerings } from './depthwise.js';
import { elementwiseLowerings, lowerElementwise } from './elementwise.js';
import { filterGradientLowerings, lowerColumnSum } from './filterGradient.js';
import { indexingLowerings } from './indexing.js';
import { lowerInvertedResidual } from './invertedResidual.js';
import { layoutLowerings } from './layout.js';
import {
  bytesOf,
  type Finish,
  type LoweredName,
  type Lowering,
  type LoweringContext,
  type LoweringTable,
  type StepOf,
} from './lowering.js';
import { matmulLowerings } from './matmul.js';
import type { Pointer } from './pointer.js';
import { poolingLowerings } from './pooling.js';
import { type Derived, type Fragment, ProgramBuilder, type Temporary } from './programBuilder.js';
import { randomLowerings } from './random.js';
import { reduceLowerings } from './reduce.js';
import { resizeLowerings } from './resize.js';

/** How every primitive is lowered. */
export const lowerings: LoweringTable = {
  ...elementwiseLowerings,
  ...reduceLowerings,
  ...matmulLowerings,
  ...convolutionLowerings,
  ...filterGradientLowerings,
  ...depthwiseLowerings,
  ...poolingLowerings,
  ...layoutLowerings,
  ...indexingLowerings,
  ...resizeLowerings,
  ...randomLowerings,
};

/** A plan as instructions whose addresses are still open. */
export interface LoweredPlan {
  readonly fragment: Fragment;
  readonly derived: readonly Derived[];
  /** Bytes behind the arena that the instructions need. */
  readonly temporaryBytes: number;
  /** What they are for, if there is a margin behind each. */
  readonly temporaries: readonly Temporary[];
  /** For each of `plan.results` the value whose bytes go there; `null` if the program copies them there from elsewhere. */
  readonly owners: readonly (ValueId | null)[];
  /** For each of `plan.groups` the position of its first instruction, then that of the first one behind all of them. */
  readonly groupStarts: readonly number[];
}

/**
 * Turns every group of a plan into instructions.
 * @param margin bytes to keep behind each temporary.
 * @throws {BackendError} naming the step that cannot run here.
 */
export function lowerPlan(plan: Plan, margin = 0): LoweredPlan {
  const aliases = aliasOwners(plan.values, plan.steps);
  const assigned = new Set(plan.effects.map(({ variable }) => variable));
  const valueAt = (id: ValueId): Value => plan.values[id] as Value;
  const isSteady = (id: ValueId): boolean => {
    const { source } = valueAt(id);
    if (source.kind === 'variable') return !assigned.has(source.variable);
    return source.kind === 'constant' || source.kind === 'hoisted';
  };
  const builder = new ProgramBuilder(isSteady, '', margin);
  const ownerOf = (id: ValueId): ValueId => aliases.get(id) ?? id;
  const kept = new Set(plan.results.map(ownerOf));
  const context: LoweringContext = {
    builder,
    value: valueAt,
    pointer: (id) => ({ base: { kind: 'value', value: ownerOf(id) }, offset: 0 }),
    isStored: (id) => plan.memory.slots.has(id) || kept.has(ownerOf(id)),
  };
  const groupStarts: number[] = [];
  for (const group of plan.groups) {
    builder.nextGroup(describeGroup(plan, group));
    groupStarts.push(builder.instructionCount);
    lowerGroup(plan, group, context);
  }
  groupStarts.push(builder.instructionCount);
  builder.nextGroup('the results');
  const owners = lowerResults(plan, aliases, context);
  const { fragment, derivedValues: derived, temporaryBytes, temporaries } = builder;
  return { fragment, derived, temporaryBytes, temporaries, owners, groupStarts };
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
      lowerColumnSum(plan.steps[group.producer] as Step, plan.steps[group.sum] as Step, context);
      break;
    case 'invertedResidual':
      lowerInvertedResidual(group, plan.steps, context, (stage, inside) => lowerGroup(plan, stage, inside));
      break;
    default:
      throw new Error(`unknown group ${group satisfies never}`);
  }
}

function lowerStep<K extends LoweredName>(
  step: Step & { op: K | 'reshape' },
  context: LoweringContext,
  finish: Finish,
) {
  // An alias is where its input is.
  if (step.op === 'reshape') return;
  const lowering: Lowering<K> = lowerings[step.op];
  lowering(step as StepOf<K>, context, finish);
}

/** What a group computes, and for which part of the program: `conv2d, add, relu at base/conv1`. */
function describeGroup({ steps }: Plan, group: Group): string {
  return describeSteps(group.steps.map((index) => steps[index] as Step));
}

/** Primitives, and where the first of them comes from. */
export function describeSteps(steps: readonly Step[]): string {
  const origin = steps[0]?.origin ?? '';
  return `${steps.map(({ op }) => op).join(', ')}${origin === '' ? '' : ` at ${origin}`}`;
}

/** A result is computed where it goes, unless that is bound memory or another result: then it is copied. */
function lowerResults(
  plan: Plan,
  aliases: ReadonlyMap<ValueId, ValueId>,
  { builder, value, pointer }: LoweringContext,
): readonly (ValueId | null)[] {
  const claimed = new Set<ValueId>();
  return plan.results.map((id, index) => {
    const owner = aliases.get(id) ?? id;
    if (value(owner).source.kind === 'step' && !claimed.has(owner)) {
      claimed.add(owner);
      return owner;
    }
    const to: Pointer = { base: { kind: 'result', index }, offset: 0 };
    emitCopy(builder, to, pointer(id), bytesOf(value(id)));
    return null;
  });
}

export { bytesOf } from './lowering.js';
export type { Pointer } from './pointer.js';
export type { Fragment } from './programBuilder.js';
export { spreadOut } from './spreadOut.js';
