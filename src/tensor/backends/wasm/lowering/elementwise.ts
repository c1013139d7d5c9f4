import type { ElementwisePrimitive } from '../../../ops/index.js';
import type { Step, ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import { TileProgram } from './elementwise/tileProgram.js';
import { type ElementwiseStep, translate } from './elementwise/translate.js';
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

/** One pass over the elements of a shape that computes all of `steps`. */
export function lowerElementwise(steps: readonly Step[], context: LoweringContext): void {
  const { value, pointer, isStored, builder } = context;
  const last = value((steps.at(-1) as Step).output);
  const isWide = steps.some(({ inputs, output }) => [...inputs, output].some((id) => value(id).dtype === 'float64'));
  const program = new TileProgram(last.shape, isWide);
  const slots = new Map<ValueId, number>();
  const read = (id: ValueId): number => {
    let slot = slots.get(id);
    if (slot === undefined) {
      const { shape, dtype } = value(id);
      slot = program.operand(pointer(id), shape, dtype);
      slots.set(id, slot);
    }
    return slot;
  };
  for (const step of steps as readonly ElementwiseStep[]) {
    const inputs = step.inputs.map(read);
    const { dtype } = value(step.output);
    const from = value(step.inputs.at(-1) as ValueId).dtype;
    const { operation, order, constants, wraps } = translate(step, from);
    const to = isStored(step.output) ? program.result(pointer(step.output), dtype) : null;
    if (operation === null && to === null) {
      slots.set(step.output, inputs[0] as number);
      continue;
    }
    const target = to ?? program.intermediate();
    const operands = [
      ...order.slice(0, inputs.length).map((index) => inputs[index] as number),
      ...constants.map((number) => program.constant(number)),
    ];
    program.compute(operation ?? 'copy', target, operands);
    if (wraps) program.compute('wrapByte', target, [target]);
    slots.set(step.output, target);
  }
  if (sizeOf(last.shape) > 0) program.emit(builder);
}
