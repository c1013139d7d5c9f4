import type { ValueId } from '../../../plan/index.js';
import { sizeOf, stridesOf } from '../../../shape.js';
import { mergeAxes, type WalkAxis } from '../../../strides.js';
import { coordinates, position } from '../source/indexing.js';
import { KernelBuilder, type Operand, places, type Quad, quadOf, thread } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import { elementIndices, repeated } from '../source/walk.js';
import type { LoweringContext, Lowerings, StepOf } from './lowering.js';

/** How two numbers become one. */
type Fold = (kernel: KernelBuilder, total: string, value: string) => void;

const folds = {
  sum: (kernel, total, value) => kernel.line(`${total} = ${total} + ${value};`),
  // Once it is NaN it stays so: no comparison with NaN holds.
  max: (kernel, total, value) =>
    kernel.line(`if (${total} === ${total} && !(${value} <= ${total})) { ${total} = ${value}; }`),
  min: (kernel, total, value) =>
    kernel.line(`if (${total} === ${total} && !(${value} >= ${total})) { ${total} = ${value}; }`),
} satisfies Readonly<Record<string, Fold>>;

/** No thread adds up more than this at a stretch: threads would idle, rounding errors grow, and some drivers stop there. */
const longest = 256;

function reduce({ op, inputs, output, params }: StepOf<'sum' | 'max' | 'min'>, context: LoweringContext): void {
  const { shape } = context.value(inputs[0] as ValueId);
  const isReduced = (axis: number): boolean => params.axes.includes(axis);
  const strides = [stridesOf(shape)];
  const size = sizeOf(context.value(output).shape);
  const count = sizeOf(params.axes.map((axis) => shape[axis] as number));
  const target = context.operand(output);
  if (size === 0) return;
  if (count === 0) {
    context.launch(new KernelBuilder(context.dialect).finish(quadsOf(size), repeated('0')), target);
    return;
  }
  const outer = mergeAxes(
    shape.map((length, axis) => (isReduced(axis) ? 1 : length)),
    strides,
  );
  const inner = mergeAxes(
    shape.map((length, axis) => (isReduced(axis) ? length : 1)),
    strides,
  );
  reduceAlong({ fold: op, outer, inner, size, count, x: context.operand(inputs[0] as ValueId) }, context, target);
}

export const reduceLowerings = { sum: reduce, max: reduce, min: reduce, argMax } satisfies Lowerings;

interface Reduction {
  readonly fold: keyof typeof folds;
  /** Axes of the result, with steps in `x`. */
  readonly outer: readonly WalkAxis[];
  /** Axes that vanish. */
  readonly inner: readonly WalkAxis[];
  readonly size: number;
  readonly count: number;
  readonly x: Operand;
}

function reduceAlong(reduction: Reduction, context: LoweringContext, output: Operand): void {
  const parts = Math.ceil(reduction.count / longest);
  if (parts === 1) {
    context.launch(partialFolds(reduction, context, 1), output);
    return;
  }
  const partial = context.temporary(parts * quadsOf(reduction.size));
  context.launch(partialFolds(reduction, context, parts), partial);
  foldParts(reduction.fold, { parts, quads: quadsOf(reduction.size), x: partial }, context, output);
}

/** Adds up `parts` arrays of `quads` quads that stand one behind the other. */
export function foldParts(
  fold: keyof typeof folds,
  { parts, quads, x }: { readonly parts: number; readonly quads: number; readonly x: Operand },
  context: LoweringContext,
  output: Operand,
): void {
  const chunk = Math.min(parts, longest);
  const chunks = Math.ceil(parts / chunk);
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const array = kernel.array(x);
  const [which, column] = coordinates(kernel, thread, [chunks, quads]) as readonly [string, string];
  const first = kernel.let(`${which} * ${kernel.size(chunk * quads)} + ${column}`, 'b');
  const totals = kernel.quad(array, first).map((value) => kernel.let(value, 's'));
  kernel.repeatSize(chunk - 1, (i) => {
    kernel.block(`if (${which} * ${kernel.size(chunk)} + ${i} + 1 < ${kernel.size(parts)})`, () => {
      const values = kernel.quad(array, `${first} + (${i} + 1) * ${kernel.size(quads)}`);
      totals.forEach((total, place) => {
        folds[fold](kernel, total, values[place] as string);
      });
    });
  });
  const target = chunks === 1 ? output : context.temporary(chunks * quads);
  context.launch(kernel.finish(chunks * quads, quadOf(totals)), target);
  if (chunks > 1) foldParts(fold, { parts: chunks, quads, x: target }, context, output);
}

/** Folds stretches of the axes that vanish: one quad for each four results and each stretch. */
function partialFolds({ fold, outer, inner, size, count, x }: Reduction, context: LoweringContext, parts: number) {
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const array = kernel.array(x);
  const quads = quadsOf(size);
  const length = Math.ceil(count / parts);
  const [part, column] = coordinates(kernel, thread, [parts, quads]) as readonly [string, string];
  const first = parts === 1 ? '0' : kernel.let(`${part} * ${kernel.size(length)}`, 'b');
  const lastAxis = outer.at(-1);
  const isAligned =
    lastAxis !== undefined &&
    lastAxis.length % 4 === 0 &&
    lastAxis.steps[0] === 1 &&
    [...outer.slice(0, -1), ...inner].every(({ steps }) => (steps[0] as number) % 4 === 0);
  const read = isAligned
    ? alignedReader(kernel, array, column, outer, inner)
    : ownReader(kernel, array, column, outer, inner, size);
  const start = read(first);
  const totals = start.map((value) => kernel.let(value, 's'));
  if (length > 1) {
    kernel.repeatSize(length - 1, (i) => {
      const index = parts === 1 ? kernel.let(`${i} + 1`, 'k') : kernel.let(`${first} + ${i} + 1`, 'k');
      const add = (): void => {
        const values = read(index);
        totals.forEach((total, place) => {
          folds[fold](kernel, total, values[place] as string);
        });
      };
      if (count % length === 0) add();
      else kernel.block(`if (${index} < ${kernel.size(count)})`, add);
    });
  }
  return kernel.finish(parts * quads, quadOf(totals));
}

type Reader = (index: string) => Quad;

/** Four neighbours of the innermost axis that stays, all at the same place of those that vanish. */
function alignedReader(
  kernel: KernelBuilder,
  array: string,
  column: string,
  outer: readonly WalkAxis[],
  inner: readonly WalkAxis[],
): Reader {
  const lengths = outer.map(({ length }, i) => (i === outer.length - 1 ? length / 4 : length));
  const steps = outer.map(({ steps }, i) => (i === outer.length - 1 ? 1 : (steps[0] as number) / 4));
  const base = kernel.let(position(kernel, coordinates(kernel, column, lengths), steps), 'b');
  return (index) => {
    const places = coordinates(
      kernel,
      index,
      inner.map(({ length }) => length),
    );
    const offset = position(
      kernel,
      places,
      inner.map(({ steps }) => (steps[0] as number) / 4),
    );
    return kernel.quad(array, kernel.let(`${base} + ${offset}`, 'k'));
  };
}

/** Each of the four results at a place of its own. */
function ownReader(
  kernel: KernelBuilder,
  array: string,
  column: string,
  outer: readonly WalkAxis[],
  inner: readonly WalkAxis[],
  size: number,
): Reader {
  const first = kernel.let(`${column} * 4`, 'f');
  const bases = places.map((place) => {
    const index = place === 0 ? first : kernel.let(`Math.min(${first} + ${place}, ${kernel.size(size - 1)})`, 'f');
    const at = coordinates(
      kernel,
      index,
      outer.map(({ length }) => length),
    );
    return kernel.let(
      position(
        kernel,
        at,
        outer.map(({ steps }) => steps[0] as number),
      ),
      'b',
    );
  });
  return (index) => {
    const places = coordinates(
      kernel,
      index,
      inner.map(({ length }) => length),
    );
    const offset = kernel.let(
      position(
        kernel,
        places,
        inner.map(({ steps }) => steps[0] as number),
      ),
      'k',
    );
    const at = (place: number): string => kernel.element(array, `${bases[place]} + ${offset}`);
    return [at(0), at(1), at(2), at(3)];
  };
}

/** The first largest element along an axis; NaN counts as larger than any number. */
function argMax(step: StepOf<'argMax'>, context: LoweringContext): void {
  const { shape } = context.value(step.inputs[0] as ValueId);
  const length = shape[step.params.axis] as number;
  const inner = sizeOf(shape.slice(step.params.axis + 1));
  const size = sizeOf(shape) / length;
  if (size === 0) return;
  const kernel = new KernelBuilder(context.dialect);
  const array = kernel.array(context.operand(step.inputs[0] as ValueId));
  const bests = elementIndices(kernel).map((index) => {
    const [outer, column] = coordinates(kernel, index, [Math.ceil(size / inner), inner], size + 4) as [string, string];
    const base = kernel.let(`${outer} * ${length * inner} + ${column}`, 'b');
    const best = kernel.element(array, base);
    const position = kernel.let('0', 's');
    kernel.repeat(length - 1, (i) => {
      const value = kernel.element(array, `${base} + (${i} + 1) * ${inner}`);
      kernel.block(`if (${best} === ${best} && !(${value} <= ${best}))`, () => {
        kernel.line(`${best} = ${value};`);
        kernel.line(`${position} = ${i} + 1;`);
      });
    });
    return position;
  });
  context.launch(kernel.finish(quadsOf(size), quadOf(bests)), context.operand(step.output));
}
