import { bytesPerElement } from '../../../dtype.js';
import { sizeOf } from '../../../shape.js';
import { dtypeCode } from './dtypeCode.js';
import type { Lowerings } from './lowering.js';

/** Totals of a block of `scatterAdd`: 1 MiB of float64. */
const mostTotals = 2 ** 17;
/** Blocks that a result is cut into if its size allows: each of them looks at every index. */
const wantedBlocks = 16;

export const indexingLowerings = {
  gather: ({ params: { axis }, inputs }, { builder, value, pointer }, { output }) => {
    const [x, indices] = inputs as readonly [number, number];
    const { shape, dtype } = value(x);
    const count = sizeOf(value(indices).shape);
    const rowBytes = sizeOf(shape.slice(axis + 1)) * bytesPerElement(dtype);
    if (rowBytes === 0) return;
    builder.emit(
      'gather',
      { units: sizeOf(shape.slice(0, axis)) * count },
      {
        ...{ to: pointer(output), from: pointer(x), indices: pointer(indices), dtype: dtypeCode[dtype] },
        ...{ size: shape[axis] as number, count, rowBytes },
      },
    );
  },

  scatterAdd: ({ params: { axis, size }, inputs }, { builder, value, pointer }, { output }) => {
    const [updates, indices] = inputs as readonly [number, number];
    const { shape, dtype } = value(output);
    if (sizeOf(shape) === 0) return;
    const outer = sizeOf(shape.slice(0, axis));
    const inner = sizeOf(shape.slice(axis + 1));
    const columns = Math.min(inner, mostTotals);
    const rows = Math.min(Math.ceil(size / Math.ceil(wantedBlocks / outer)), Math.floor(mostTotals / columns));
    builder.emit(
      'scatterAdd',
      { units: outer * Math.ceil(size / rows) * Math.ceil(inner / columns) },
      {
        ...{ to: pointer(output), from: pointer(updates), indices: pointer(indices), dtype: dtypeCode[dtype] },
        ...{ size, count: sizeOf(value(indices).shape), inner, rows, columns },
      },
    );
  },

  oneHot: ({ params: { depth, dtype }, inputs }, { builder, value, pointer }, { output }) => {
    const [indices] = inputs as readonly [number];
    const fields = { to: pointer(output), indices: pointer(indices), depth, dtype: dtypeCode[dtype] };
    builder.emit('oneHot', { units: sizeOf(value(indices).shape) }, fields);
  },
} satisfies Lowerings;
