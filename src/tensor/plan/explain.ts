import { bytesPerElement } from '../dtype.js';
import { formatShape } from '../errors.js';
import { sizeOf } from '../shape.js';
import type { Plan, Step, Value, ValueId, ValueSource } from './plan.js';

/**
 * The plan in words: what was rewritten and fused, every step with shape, cost and origin in the order it runs in, which
 * forward values are kept for the backward pass, what is stored at the end, and how memory is shared. Steps that run as
 * one stand below each other, all but the first one indented.
 */
export function explain(plan: Plan): string {
  const lines = [headline(plan), ...plan.rewrites.map((note) => `  ${note}`), ''];
  const { prelude } = plan;
  if (prelude !== null)
    lines.push(`computed once per version (${prelude.steps.length} steps):`, ...stepLines(prelude), '');
  lines.push('at every run:', ...stepLines(plan), '');
  const saved = savedForBackward(plan);
  const bytes = saved.reduce((total, id) => total + bytesOf(valueAt(plan, id)), 0);
  lines.push(`kept for the backward pass: ${saved.length === 0 ? 'nothing' : megabytes(bytes)}`);
  lines.push(
    ...saved.map((id) => `  ${valueName(plan, id)} ${formatShape(valueAt(plan, id).shape)} ${originOf(plan, id)}`),
  );
  for (const { variable, value } of plan.effects) lines.push(`then ${variable.path} := ${valueName(plan, value)}`);
  return lines.join('\n');
}

/** Values made by forward steps that a gradient step reads: the activations a training step must keep. */
export function savedForBackward(plan: Plan): readonly ValueId[] {
  const saved = new Set<ValueId>();
  for (const step of plan.steps) {
    if (!isGradient(step)) continue;
    for (const input of step.inputs) {
      const { source } = valueAt(plan, input);
      if (source.kind === 'step' && !isGradient(plan.steps[source.step] as Step)) saved.add(input);
    }
  }
  return [...saved];
}

/** Whether a step belongs to a backward pass. */
export function isGradient(step: Step): boolean {
  return step.origin.startsWith('∇');
}

function headline(plan: Plan): string {
  const flops = plan.steps.reduce((total, step) => total + step.flops, 0);
  const { arenaBytes, unsharedBytes } = plan.memory;
  const arena = `${megabytes(arenaBytes)} arena (${megabytes(unsharedBytes)} without sharing)`;
  const [steps, groups] = [plan.steps.length, plan.groups.length];
  const count = groups < steps ? `${steps} steps run as ${groups}` : `${steps} steps`;
  return `${plan.name}: ${count}, ${(flops / 1e6).toFixed(2)} MFLOP, ${arena}`;
}

function stepLines(plan: Plan): readonly string[] {
  return plan.groups.flatMap(({ steps }) =>
    steps.map((step, i) => `${i === 0 ? '  ' : '    '}${stepLine(plan, plan.steps[step] as Step)}`),
  );
}

function stepLine(plan: Plan, step: Step): string {
  const { shape, dtype } = valueAt(plan, step.output);
  const inputs = step.inputs.map((id) => valueName(plan, id)).join(', ');
  const cost = step.flops > 0 ? `${(step.flops / 1e6).toFixed(3)} MFLOP` : '';
  return `${valueName(plan, step.output)} = ${step.op}(${inputs}) ${formatShape(shape)} ${dtype}  ${cost}  ${step.origin}`.trimEnd();
}

function valueAt(plan: Plan, id: ValueId): Value {
  return plan.values[id] as Value;
}

function bytesOf({ shape, dtype }: Value): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}

function originOf(plan: Plan, id: ValueId): string {
  const { source } = valueAt(plan, id);
  return source.kind === 'step' ? (plan.steps[source.step] as Step).origin : '';
}

function valueName(plan: Plan, id: ValueId): string {
  return sourceName(valueAt(plan, id).source, id);
}

function sourceName(source: ValueSource, id: ValueId): string {
  switch (source.kind) {
    case 'step':
      return `%${source.step}`;
    case 'input':
      return `input${source.position}`;
    case 'hoisted':
      return `hoisted${source.position}`;
    case 'variable':
      return source.variable.path;
    case 'constant':
      return `constant${id}`;
    default:
      throw new Error(`unknown source ${source satisfies never}`);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(2)} MiB`;
}
