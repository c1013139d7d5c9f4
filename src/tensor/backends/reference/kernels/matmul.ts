import { sizeOf } from '../../../shape.js';
import type { Block, Kernel } from '../block.js';
import { gemm, type Matrix, transposed } from './gemm.js';

export const matmul: Kernel<'matmul'> = (output, inputs, { transposeA, transposeB }) => {
  const [a, b] = inputs as readonly [Block, Block];
  const [rows, columns] = output.shape.slice(-2) as [number, number];
  const depth = a.shape.at(transposeA ? -2 : -1) as number;
  const batch = sizeOf(output.shape.slice(0, -2));
  for (let i = 0; i < batch; i++) {
    const left = matrixAt(a, i);
    const right = matrixAt(b, i);
    gemm(
      rows,
      columns,
      depth,
      transposeA ? transposed(left) : left,
      transposeB ? transposed(right) : right,
      matrixAt(output, i),
    );
  }
};

/** The `i`-th of the matrices that the last two dimensions hold. */
function matrixAt({ data, shape }: Block, i: number): Matrix {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return { data, start: i * rows * columns, rowStep: columns, columnStep: 1 };
}
