import { bytesPerElement, type DType } from '../../../dtype.js';
import type { ReduceParams } from '../../../ops/primitives.js';
import type { Value } from '../../../plan/index.js';
import { type Shape, sizeOf } from '../../../shape.js';
import { dtypeCode } from './dtypeCode.js';
import type { Finish, LoweringContext, Lowerings } from './lowering.js';
import type { Pointer } from './pointer.js';
import type { ProgramBuilder } from './programBuilder.js';

/** How an instruction names what it folds with; `assembly/reduction/operations.ts` has the same. */
const operationCode = { sum: 0, max: 1, min: 2 } as const;

export type ReductionName = keyof typeof operationCode;

/** A reduction of `[outer, count, inner]` to `[outer, inner]`. */
export interface Reduction {
  readonly operation: ReductionName;
  readonly dtype: DType;
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
}

/** Columns that are reduced together: their totals stay in the innermost cache. */
const columnsPerBlock = 256;
/** Parts of a reduction that is split. It does not depend on the machine, so neither does any result. */
const wantedUnits = 64;
/** Elements that are worth a part of their own. */
const elementsPerPart = 4096;

/**
 * Reduces the middle axis of three. Few long reductions are cut into parts, whose results are a shorter array to be
 * reduced the same way: `[outer, count, inner] -> [outer, parts, inner] -> [outer, inner]`. A kernel that makes what is
 * to be reduced can make the parts itself and leave the last of these two steps to this function.
 */
export function emitReduction(builder: ProgramBuilder, to: Pointer, from: Pointer, reduction: Reduction): void {
  const { operation, dtype, outer, count, inner } = reduction;
  const block = Math.min(inner, columnsPerBlock);
  const blocks = Math.ceil(inner / block);
  const mostParts = Math.floor((count * block) / elementsPerPart);
  const part = Math.max(
    1,
    Math.ceil(count / Math.max(1, Math.min(Math.ceil(wantedUnits / (outer * blocks)), mostParts))),
  );
  const parts = Math.max(1, Math.ceil(count / part));
  const split = parts > 1;
  const target = split ? builder.temporary(outer * parts * inner * bytesPerElement(dtype)) : to;
  builder.emit(
    'reduce',
    { units: outer * parts * blocks },
    {
      ...{ to: target, from, operation: operationCode[operation], dtype: dtypeCode[dtype] },
      ...{ count, part, parts, inner, block },
    },
  );
  if (split) emitReduction(builder, to, target, { ...reduction, count: parts });
}

/** Neighbouring axes that are all reduced or all kept, as one axis. */
interface AxisRun {
  readonly reduced: boolean;
  readonly length: number;
}

function runsOf(shape: Shape, axes: readonly number[]): readonly AxisRun[] {
  const runs: AxisRun[] = [];
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const reduced = axes.includes(axis);
    const last = runs.at(-1);
    if (last?.reduced === reduced) runs[runs.length - 1] = { reduced, length: last.length * length };
    else runs.push({ reduced, length });
  });
  return runs;
}

const lengthOf = (runs: readonly AxisRun[]): number => runs.reduce((product, { length }) => product * length, 1);

/** Reduces one run of axes after the other, the innermost first: it reads everything once, in order. */
function lowerReduction(
  operation: ReductionName,
  { params, inputs }: { readonly params: ReduceParams; readonly inputs: readonly number[] },
  { builder, value, pointer }: LoweringContext,
  { output }: Finish,
): void {
  const { shape, dtype } = value(inputs[0] as number) as Value;
  if (sizeOf(value(output).shape) === 0) return;
  let runs = runsOf(shape, params.axes);
  let from = pointer(inputs[0] as number);
  do {
    const axis = runs.map(({ reduced }) => reduced).lastIndexOf(true);
    const outer = runs.slice(0, Math.max(axis, 0));
    const inner = runs.slice(axis + 1);
    const left = [...outer, ...inner];
    const last = !left.some(({ reduced }) => reduced);
    const to = last ? pointer(output) : builder.temporary(lengthOf(left) * bytesPerElement(dtype));
    const count = runs[axis]?.length ?? 1;
    emitReduction(builder, to, from, { operation, dtype, outer: lengthOf(outer), count, inner: lengthOf(inner) });
    from = to;
    // What stood around the reduced axes are neighbours now.
    runs = runsOf(
      left.map(({ length }) => length),
      left.flatMap(({ reduced }, i) => (reduced ? [i] : [])),
    );
  } while (runs.some(({ reduced }) => reduced));
}

export const reduceLowerings = {
  sum: (step, context, finish) => lowerReduction('sum', step, context, finish),
  max: (step, context, finish) => lowerReduction('max', step, context, finish),
  min: (step, context, finish) => lowerReduction('min', step, context, finish),
  argMax: ({ params: { axis }, inputs }, { builder, value, pointer }, { output }) => {
    const [x] = inputs as readonly [number];
    const { shape, dtype } = value(x);
    const count = shape[axis] as number;
    const inner = sizeOf(shape.slice(axis + 1));
    const fields = { to: pointer(output), from: pointer(x), dtype: dtypeCode[dtype], count, inner };
    builder.emit('argMax', { units: sizeOf(value(output).shape) }, fields);
  },
} satisfies Lowerings;
