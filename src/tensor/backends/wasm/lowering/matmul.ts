import { sizeOf } from '../../../shape.js';
import { blockProduct } from './blocking.js';
import { emitConvolveDouble } from './convolveDouble.js';
import { epilogueFields } from './epilogue.js';
import type { Lowerings } from './lowering.js';
import { type Factor, pack } from './pack.js';

export const matmulLowerings = {
  matmul: ({ inputs, output, params: { transposeA, transposeB } }, context, finish) => {
    const [a, b] = inputs as readonly [number, number];
    const { shape, dtype } = context.value(output);
    const [rows, columns] = shape.slice(-2) as [number, number];
    const matrices = sizeOf(shape.slice(0, -2));
    const depth = context.value(a).shape.at(transposeA ? -2 : -1) as number;
    const factor: Factor = {
      ...{ value: b, start: 0, tapsX: 1, channels: depth, tapRow: 0, tapColumn: 0, matrix: depth * columns },
      ...(transposeB ? { channel: 1, column: depth } : { channel: columns, column: 1 }),
    };
    const [x, y] = [context.pointer(a), context.pointer(finish.output)];
    if (dtype === 'float64') {
      // Rows as the pixels of an image of one line.
      const line = { origin: 0, stride: 1, step: 1, taps: 1 };
      emitConvolveDouble(context, factor, {
        ...{ x, y, matrices, columns, images: 1, rows: { ...line, pixels: 1 }, line: { ...line, pixels: rows } },
        source: {
          ...{ height: 1, width: rows, image: 0, row: 0, matrix: rows * depth },
          ...(transposeA ? { pixel: 1, channel: rows } : { pixel: depth, channel: 1 }),
        },
        result: { image: 0, row: 0, pixel: columns, matrix: rows * columns },
      });
      return;
    }
    const size = { rows, columns, depth, matrices };
    const blocking = blockProduct(size);
    const { panels, matrixBytes } = pack(context, factor, size, blocking);
    context.builder.emit(
      'product',
      { units: matrices * blocking.units },
      {
        ...epilogueFields(finish.epilogue, context),
        ...{ a: x, b: panels, c: y, rows, columns, depth, transposed: Number(transposeA) },
        ...{ aRowBytes: 4 * (transposeA ? rows : depth), cRowBytes: 4 * columns },
        ...{ aMatrixBytes: 4 * rows * depth, bMatrixBytes: matrixBytes },
        ...{ cMatrixBytes: 4 * rows * columns, biasMatrixBytes: 0 },
        ...{ block: blocking.block, unitRows: blocking.unitRows, unitColumns: blocking.unitColumns },
      },
    );
  },
} satisfies Lowerings;
