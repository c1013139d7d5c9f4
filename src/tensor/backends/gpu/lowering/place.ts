import { coordinates, quotient } from '../source/indexing.js';
import { KernelBuilder, type Operand, type Quad, quadOf, thread } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import { elementIndices } from '../source/walk.js';
import type { LoweringContext } from './lowering.js';

/** One axis of an array that another one is placed in: element `i` of the source comes to `before + i * every`. */
export interface PlacedAxis {
  /** Elements of the result. */
  readonly length: number;
  /** Elements of the source. */
  readonly count: number;
  /** Elements to skip in the source for one step. */
  readonly stride: number;
  /** @defaultValue 0; negative if the first elements are left out */
  readonly before?: number;
  /** @defaultValue 1 */
  readonly every?: number;
}

/** Something within something larger: padding, dilation, and rows that begin at a quad. */
export interface Placement {
  readonly source: Operand;
  readonly axes: readonly PlacedAxis[];
  /** What stands everywhere else. */
  readonly value: number;
}

/** Appends the kernel that places an array in another one. */
export function place({ source, axes, value }: Placement, context: LoweringContext, output: Operand): void {
  const size = axes.reduce((product, { length }) => product * length, 1);
  if (size === 0) return;
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const array = kernel.array(source);
  const inner = axes.at(-1) as PlacedAxis;
  const isWhole = inner.stride === 1 && (inner.before ?? 0) === 0 && (inner.every ?? 1) === 1;
  const isAligned =
    isWhole &&
    inner.length % 4 === 0 &&
    inner.count % 4 === 0 &&
    axes.slice(0, -1).every(({ stride }) => stride % 4 === 0);
  const result = isAligned ? alignedQuad(kernel, array, axes, value) : ownElements(kernel, array, axes, value, size);
  context.launch(kernel.finish(quadsOf(size), result), output);
}

function alignedQuad(kernel: KernelBuilder, array: string, axes: readonly PlacedAxis[], value: number): Quad {
  const last = axes.length - 1;
  const inQuads = axes.map((axis, i) => ({
    ...axis,
    stride: i === last ? 1 : axis.stride / 4,
    ...(i === last && { length: axis.length / 4, count: axis.count / 4 }),
  }));
  const lengths = inQuads.map(({ length }) => length);
  const found = locate(kernel, coordinates(kernel, thread, lengths), inQuads);
  if (found.condition === null) return kernel.quad(array, found.index);
  const fill = kernel.number(value);
  const result = [kernel.let(fill), kernel.let(fill), kernel.let(fill), kernel.let(fill)] as const;
  kernel.block(`if (${found.condition})`, () => {
    const quad = kernel.quad(array, found.index);
    result.forEach((name, i) => {
      kernel.line(`${name} = ${quad[i]};`);
    });
  });
  return result;
}

function ownElements(
  kernel: KernelBuilder,
  array: string,
  axes: readonly PlacedAxis[],
  value: number,
  size: number,
): Quad {
  const lengths = axes.map(({ length }) => length);
  const results = elementIndices(kernel).map((index) => {
    const found = locate(kernel, coordinates(kernel, index, lengths, size + 4), axes);
    if (found.condition === null) return kernel.element(array, found.index);
    const result = kernel.let(kernel.number(value));
    kernel.block(`if (${found.condition})`, () => {
      kernel.line(`${result} = ${kernel.element(array, found.index)};`);
    });
    return result;
  });
  return quadOf(results);
}

/** Where in the source an element of the result comes from, and when there is such a place. */
function locate(
  kernel: KernelBuilder,
  at: readonly string[],
  axes: readonly PlacedAxis[],
): { readonly index: string; readonly condition: string | null } {
  const conditions: string[] = [];
  const terms: string[] = [];
  axes.forEach(({ length, count, stride, before = 0, every = 1 }, i) => {
    let coordinate = at[i] as string;
    if (before !== 0) coordinate = kernel.let(`${coordinate} - ${kernel.size(before)}`, 'c');
    if (every !== 1) {
      // Nothing negative is divided.
      const spaced = kernel.let(`Math.max(${coordinate}, 0)`, 'c');
      const step = quotient(kernel, spaced, every, length + Math.abs(before) + every);
      conditions.push(`${step} * ${kernel.size(every)} === ${coordinate}`);
      coordinate = step;
    } else if (before > 0) conditions.push(`${coordinate} >= 0`);
    if ((length - 1 - before) / every >= count) conditions.push(`${coordinate} < ${kernel.size(count)}`);
    if (stride !== 0) terms.push(stride === 1 ? coordinate : `${coordinate} * ${kernel.size(stride)}`);
  });
  return {
    index: terms.length === 0 ? '0' : terms.join(' + '),
    condition: conditions.length === 0 ? null : conditions.join(' && '),
  };
}
