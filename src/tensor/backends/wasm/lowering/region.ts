import { bytesPerElement, type DType } from '../../../dtype.js';
import type { Shape } from '../../../shape.js';
import { mergeAxes, type WalkAxis } from '../../../strides.js';
import type { Pointer } from './pointer.js';
import type { ProgramBuilder } from './programBuilder.js';

/** Elements of an array reached by steps of `strides` from `start`. */
export interface Region {
  readonly start: Pointer;
  readonly strides: readonly number[];
}

/** Bytes of a run that are one unit of work. */
const bytesPerUnit = 65_536;
/** Rows and columns of a block of a plane that is transposed; `assembly/kernels/transposePlanes.ts` has the same. */
const planeBlock = 64;

/** Copies one region of shape `shape` to another. Everything that only moves numbers is a case of this. */
export function emitRegion(builder: ProgramBuilder, shape: Shape, dtype: DType, to: Region, from: Region): void {
  if (shape.includes(0)) return;
  const axes = mergeAxes(shape, [to.strides, from.strides]);
  const run = axes.at(-1) ?? { length: 1, steps: [1, 1] };
  const around = axes.slice(0, -1);
  // Along the innermost axis `to` is dense; if `from` is dense along another one, blocks of both can be.
  const crossing = around.map(({ steps }) => steps[1]).lastIndexOf(1);
  const common = { to: to.start, from: from.start, elementBytes: bytesPerElement(dtype) };
  if (crossing !== -1 && run.steps[0] === 1 && (run.steps[1] as number) > 1) {
    const { length: rows, steps } = around[crossing] as WalkAxis;
    const planes = around.filter((_, axis) => axis !== crossing);
    const blocks = Math.ceil(rows / planeBlock) * Math.ceil(run.length / planeBlock);
    builder.emit(
      'transposePlanes',
      { units: countOf(planes) * blocks },
      {
        ...{ ...common, rows, columns: run.length },
        ...{ toStep: steps[0] as number, fromStep: run.steps[1] as number, rank: planes.length },
      },
      tailOf(planes),
    );
    return;
  }
  const [toStep, fromStep] = run.steps as readonly [number, number];
  const block = Math.min(run.length, bytesPerUnit / common.elementBytes);
  builder.emit(
    'copyStrided',
    { units: countOf(around) * Math.ceil(run.length / block) },
    { ...common, length: run.length, block, toStep, fromStep, rank: around.length },
    tailOf(around),
  );
}

const countOf = (axes: readonly WalkAxis[]): number => axes.reduce((product, { length }) => product * length, 1);

const tailOf = (axes: readonly WalkAxis[]): readonly number[] =>
  axes.flatMap(({ length, steps }) => [length, ...steps]);
