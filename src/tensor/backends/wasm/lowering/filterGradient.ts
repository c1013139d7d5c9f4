import type { GroupedConvParams } from '../../../ops/primitives.js';
import type { Step, ValueId } from '../../../plan/index.js';
import { type Shape, sizeOf } from '../../../shape.js';
import type { LoweringContext, Lowerings, StepOf } from './lowering.js';
import { patchWords, seesItselfOnly } from './patches.js';
import type { Pointer } from './pointer.js';
import type { ProgramBuilder } from './programBuilder.js';

/** Units to aim for: enough to keep several workers busy to the end. */
const wantedUnits = 16;

/** Pixels that are summed up in registers; `assembly/kernels/filterGradient.ts` has the same. */
const stretch = 256;

/** Largest blocks of the filter: rows are of patches, columns of filters. Scratch of a worker holds a stretch of both. */
const mostRows = 192;
const mostColumns = 256;

/** Rows and columns of blocks are multiples of those of both kinds of tiles. */
const tileRows = 12;
const tileColumns = 8;

/** A product `patches(x)^T dy`: of which arrays, and where it goes. */
interface FilterGradient {
  readonly x: Pointer;
  readonly xShape: Shape;
  readonly dy: Pointer;
  readonly dyShape: Shape;
  readonly filter: Pointer;
  readonly filterShape: Shape;
  readonly params: GroupedConvParams;
  /** Where the sums of dy over all pixels go, if anywhere. */
  readonly sums: Pointer | null;
}

export const filterGradientLowerings = {
  conv2dFilterGradient: (step, context, { output }) => {
    const gradient = { ...convolutionGradient(step, context), filter: context.pointer(output) };
    if (context.value(output).dtype === 'float32') emitFilterGradient(context.builder, gradient);
    else emitDouble(context.builder, gradient);
  },
} satisfies Lowerings;

/** A filter gradient, of a convolution or a dense layer, and the sum of dy in the same pass. */
export function lowerColumnSum(producer: Step, sum: Step, context: LoweringContext): void {
  const gradient =
    producer.op === 'conv2dFilterGradient'
      ? convolutionGradient(producer, context)
      : denseGradient(producer as StepOf<'matmul'>, context);
  emitFilterGradient(context.builder, { ...gradient, sums: context.pointer(sum.output) });
}

function convolutionGradient(
  { inputs, output, params }: StepOf<'conv2dFilterGradient'>,
  { value, pointer }: LoweringContext,
): FilterGradient {
  const [x, dy] = inputs as readonly [ValueId, ValueId];
  return {
    ...{ x: pointer(x), xShape: value(x).shape, dy: pointer(dy), dyShape: value(dy).shape },
    ...{ filter: pointer(output), filterShape: value(output).shape, params, sums: null },
  };
}

/** A dense layer is a convolution of images of one pixel. */
function denseGradient({ inputs, output }: StepOf<'matmul'>, { value, pointer }: LoweringContext): FilterGradient {
  const [x, dy] = inputs as readonly [ValueId, ValueId];
  const [batch, units] = value(dy).shape as readonly [number, number];
  const features = value(x).shape[1] as number;
  return {
    ...{ x: pointer(x), xShape: [batch, 1, 1, features], dy: pointer(dy), dyShape: [batch, 1, 1, units] },
    ...{ filter: pointer(output), filterShape: [1, 1, features, units], params: pointwise, sums: null },
  };
}

const pointwise: GroupedConvParams = {
  ...{ strides: [1, 1], dilations: [1, 1], groups: 1 },
  padding: [
    [0, 0],
    [0, 0],
  ],
};

/**
 * Cuts the filter into blocks and, if these are few, the pixels into parts, whose sums are then added up. Both depend on
 * shapes only, so that any number of workers makes the same sums.
 */
function emitFilterGradient(builder: ProgramBuilder, gradient: FilterGradient): void {
  const { x, xShape, dy, dyShape, filterShape, params, sums } = gradient;
  const { groups, patchSize, groupFilters, pixels } = sizesOf(gradient);
  const [rowBlocks, rowsPerBlock] = blocksOf(patchSize, mostRows, tileRows);
  const [columnBlocks, columnsPerBlock] = blocksOf(groupFilters, mostColumns, tileColumns);
  const blocks = groups * rowBlocks * columnBlocks;
  const pixelsPerPart = roundUp(Math.ceil(pixels / Math.ceil(wantedUnits / blocks)), stretch);
  const parts = Math.max(1, Math.ceil(pixels / pixelsPerPart));
  const filter = partsOf(builder, gradient.filter, parts, sizeOf(filterShape));
  const partialSums = sums === null ? null : partsOf(builder, sums, parts, groups * groupFilters);
  builder.emit(
    'filterGradient',
    { units: parts * blocks, grain: 1 },
    {
      ...{ x, dy, filter: filter.partial, sums: partialSums?.partial ?? null },
      ...{ groups, patchSize, groupFilters, rowBlocks, rowsPerBlock, columnBlocks, columnsPerBlock },
      ...{ pixels, pixelsPerPart, inPlace: seesItselfOnly(filterShape, params) ? 1 : 0 },
    },
    patchWords(xShape, filterShape, dyShape, params),
  );
  filter.add();
  partialSums?.add();
}

function emitDouble(builder: ProgramBuilder, gradient: FilterGradient): void {
  const { x, xShape, dy, dyShape, filter, filterShape, params } = gradient;
  const sizes = sizesOf(gradient);
  const words = patchWords(xShape, filterShape, dyShape, params);
  builder.emit('filterGradientDouble', { units: sizes.groups * sizes.patchSize }, { x, dy, filter, ...sizes }, words);
}

function sizesOf({ filterShape, dyShape, params: { groups } }: FilterGradient) {
  const [height, width, depth, filters] = filterShape as readonly [number, number, number, number];
  const pixels = sizeOf(dyShape.slice(0, 3));
  return { groups, patchSize: height * width * depth, groupFilters: filters / groups, pixels };
}

/** Cuts `size` into blocks of the same size but the last, a multiple of `step` and `most` at most: how many, how large. */
function blocksOf(size: number, most: number, step: number): readonly [count: number, each: number] {
  const each = roundUp(Math.ceil(size / Math.ceil(size / most)), step);
  return [Math.ceil(size / each), each];
}

function roundUp(size: number, step: number): number {
  return Math.ceil(size / step) * step;
}

/** Room for `parts` arrays of `size` numbers, and what adds them up to the one at `to`. A single part is computed there. */
function partsOf(
  builder: ProgramBuilder,
  to: Pointer,
  parts: number,
  size: number,
): { readonly partial: Pointer; readonly add: () => void } {
  if (parts === 1) return { partial: to, add: () => {} };
  const partial = builder.temporary(4 * parts * size);
  const add = (): void =>
    builder.emit('sumParts', { units: Math.ceil(size / 1024) }, { to, from: partial, parts, size });
  return { partial, add };
}
