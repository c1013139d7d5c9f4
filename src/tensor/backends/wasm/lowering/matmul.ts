import { sizeOf } from '../../../shape.js';
import { blockProduct } from './blocking.js';
import { epilogueFields } from './epilogue.js';
import type { Lowerings } from './lowering.js';
import { packPanels, packTransposed } from './pack.js';

export const matmulLowerings = {
  matmul: ({ inputs, output, params: { transposeA, transposeB } }, context, finish) => {
    const [a, b] = inputs as readonly [number, number];
    const { shape } = context.value(output);
    const [rows, columns] = shape.slice(-2) as [number, number];
    const matrices = sizeOf(shape.slice(0, -2));
    const depth = context.value(a).shape.at(transposeA ? -2 : -1) as number;
    const size = { rows, columns, depth, matrices };
    const blocking = blockProduct(size);
    const matrixBytes = 4 * depth * columns;
    const packed = transposeB
      ? packTransposed(context, b, size, blocking, { matrixBytes, columnBytes: 4 * depth })
      : packPanels(context, b, size, blocking, { matrixBytes, rowBytes: 4 * columns });
    context.builder.emit(
      'product',
      { units: matrices * blocking.units },
      {
        ...epilogueFields(finish.epilogue, context),
        ...{ a: context.pointer(a), b: packed.panels, c: context.pointer(finish.output) },
        ...{ rows, columns, depth, transposed: Number(transposeA) },
        ...{ aRowBytes: 4 * (transposeA ? rows : depth), cRowBytes: 4 * columns },
        aMatrixBytes: 4 * rows * depth,
        bMatrixBytes: packed.matrixBytes,
        cMatrixBytes: 4 * rows * columns,
        biasMatrixBytes: 0,
        ...{ block: blocking.block, unitRows: blocking.unitRows, unitColumns: blocking.unitColumns },
      },
    );
  },
} satisfies Lowerings;
