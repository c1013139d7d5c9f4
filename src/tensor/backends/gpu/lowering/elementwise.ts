import type { ElementwisePrimitive } from '../../../ops/index.js';
import type { Step, ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import { broadcastStrides } from '../../../strides.js';
import { KernelBuilder, type Quad } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import { repeated, Walk } from '../source/walk.js';
import { compute, type ElementwiseStep } from './arithmetic.js';
import type { LoweringContext, Lowerings } from './lowering.js';

const single = (step: Step, context: LoweringContext): void => lowerElementwise([step], context);

export const elementwiseLowerings = {
  ...{ add: single, sub: single, mul: single, div: single, pow: single, maximum: single, minimum: single },
  ...{ neg: single, abs: single, sqrt: single, relu: single, reluGradient: single },
  ...{ exp: single, log: single, log1p: single, tanh: single, sigmoid: single, erf: single },
  ...{ equal: single, notEqual: single, less: single, lessEqual: single, greater: single, greaterEqual: single },
  ...{ logicalAnd: single, logicalOr: single, logicalNot: single, where: single },
  ...{ cast: single, broadcastTo: single },
} satisfies Lowerings & Readonly<Record<ElementwisePrimitive, unknown>>;

/** Steps of one group by what they make. */
type Made = ReadonlyMap<ValueId, ElementwiseStep>;

/**
 * One kernel for each result of `steps` that is stored: it computes what it is made of again, up to results that have
 * been stored before.
 */
export function lowerElementwise(steps: readonly Step[], context: LoweringContext): void {
  const all = new Map<ValueId, ElementwiseStep>();
  const unstored = new Map<ValueId, ElementwiseStep>();
  for (const step of steps as readonly ElementwiseStep[]) {
    all.set(step.output, step);
    unstored.set(step.output, step);
    if (!context.isStored(step.output)) continue;
    const fits = operandsOf(stepsBelow(step, unstored), unstored).length <= context.dialect.operands;
    lowerResult(step, fits ? unstored : all, context);
    unstored.delete(step.output);
  }
}

function lowerResult(step: ElementwiseStep, made: Made, context: LoweringContext): void {
  const { shape } = context.value(step.output);
  if (sizeOf(shape) === 0) return;
  const order = stepsBelow(step, made);
  const operands = operandsOf(order, made);
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const views = operands.map((id) => ({ start: 0, strides: broadcastStrides(context.value(id).shape, shape) }));
  const walk = new Walk(kernel, shape, views);
  const quads = new Map<ValueId, Quad>(
    operands.map((id, index) => [id, walk.read(kernel.array(context.operand(id)), index)]),
  );
  for (const part of order) {
    const from = context.value(part.inputs.at(-1) as ValueId).dtype;
    const inputs = part.inputs.map((id) => quads.get(id) as Quad);
    const at = (place: number): string =>
      compute(
        kernel,
        part,
        inputs.map((quad) => quad[place] as string),
        from,
      );
    quads.set(part.output, isUniform(inputs) ? repeated(at(0)) : [at(0), at(1), at(2), at(3)]);
  }
  context.launch(kernel.finish(quadsOf(sizeOf(shape)), quads.get(step.output) as Quad), context.operand(step.output));
}

/** What steps read that none of them makes. */
function operandsOf(steps: readonly ElementwiseStep[], made: Made): readonly ValueId[] {
  return [...new Set(steps.flatMap(({ inputs }) => inputs.filter((id) => !made.has(id))))];
}

/** Whether all four numbers of every quad are the same, as those of scalars are. */
function isUniform(quads: readonly Quad[]): boolean {
  return quads.every((quad) => quad.every((value) => value === quad[0]));
}

/** A step and the steps of its group that it is made of, in order. */
function stepsBelow(step: ElementwiseStep, made: Made): readonly ElementwiseStep[] {
  const needed = new Set([step.output]);
  const order = [...made.values()].reverse().filter(({ output, inputs }) => {
    if (!needed.has(output)) return false;
    for (const input of inputs) needed.add(input);
    return true;
  });
  return order.reverse();
}
