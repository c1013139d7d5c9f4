import { sizeOf } from '../../../shape.js';
import type { Lowerings } from './lowering.js';
import { patchWords, seesItselfOnly } from './patches.js';
import type { Pointer } from './pointer.js';
import type { ProgramBuilder } from './programBuilder.js';

/** Units to aim for: enough to keep several workers busy to the end. */
const units = 16;

/** Pixels that are summed up in registers; `assembly/kernels/filterGradient.ts` has the same. */
const stretch = 256;

/** Largest blocks of the filter: rows are of patches, columns of filters. Scratch of a worker holds a stretch of both. */
const mostRows = 192;
const mostColumns = 256;

/** Rows and columns of blocks are multiples of those of both kinds of tiles. */
const tileRows = 12;
const tileColumns = 8;

export const filterGradientLowerings = {
  conv2dFilterGradient: ({ inputs, params }, { builder, value, pointer }, { output }) => {
    const [x, dy] = inputs as readonly [number, number];
    const { shape: filterShape } = value(output);
    const { shape } = value(dy);
    const [height, width, depth, filters] = filterShape as readonly [number, number, number, number];
    const { groups } = params;
    const groupFilters = filters / groups;
    const patchSize = height * width * depth;
    const pixels = sizeOf(shape.slice(0, 3));
    const [rowBlocks, rowsPerBlock] = blocksOf(patchSize, mostRows, tileRows);
    const [columnBlocks, columnsPerBlock] = blocksOf(groupFilters, mostColumns, tileColumns);
    const blocks = groups * rowBlocks * columnBlocks;
    // Parts depend on shapes only, so that the same sums are made whatever the number of workers.
    const pixelsPerPart = roundUp(Math.ceil(pixels / Math.ceil(units / blocks)), stretch);
    const parts = Math.max(1, Math.ceil(pixels / pixelsPerPart));
    withParts(builder, pointer(output), parts, sizeOf(filterShape), (filter) => {
      builder.emit(
        'filterGradient',
        { units: parts * blocks, grain: 1 },
        {
          x: pointer(x),
          dy: pointer(dy),
          filter,
          sums: null,
          groups,
          patchSize,
          groupFilters,
          rowBlocks,
          rowsPerBlock,
          columnBlocks,
          columnsPerBlock,
          pixels,
          pixelsPerPart,
          inPlace: seesItselfOnly(filterShape, params) ? 1 : 0,
        },
        patchWords(value(x).shape, filterShape, shape, params),
      );
    });
  },
} satisfies Lowerings;

/** Cuts `size` into blocks of the same size but the last, a multiple of `step` and `most` at most: how many, how large. */
function blocksOf(size: number, most: number, step: number): readonly [count: number, each: number] {
  const each = roundUp(Math.ceil(size / Math.ceil(size / most)), step);
  return [Math.ceil(size / each), each];
}

function roundUp(size: number, step: number): number {
  return Math.ceil(size / step) * step;
}

/** Lets `compute` write `parts` arrays of `size` numbers, of which `to` gets the sum. */
function withParts(
  builder: ProgramBuilder,
  to: Pointer,
  parts: number,
  size: number,
  compute: (to: Pointer) => void,
): void {
  if (parts === 1) {
    compute(to);
    return;
  }
  const from = builder.temporary(4 * parts * size);
  compute(from);
  builder.emit('sumParts', { units: Math.ceil(size / 1024) }, { to, from, parts, size });
}
