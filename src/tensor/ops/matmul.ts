import { formatShape, ShapeError, ShapeMismatchError } from '../errors.js';
import { broadcastShapes, sameShape, sizeOf } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { apply, definePrimitive } from './define.js';
import { checkFloating, checkSameDType } from './operands.js';

/** Options of `matmul`. */
export interface MatmulOptions {
  /** Use the transpose of the last two axes of `a`. @defaultValue `false` */
  readonly transposeA?: boolean;
  /** Use the transpose of the last two axes of `b`. @defaultValue `false` */
  readonly transposeB?: boolean;
}

/** Rows and columns of the last two axes, after transposing if asked. */
function matrixOf(x: Tensor, transposed: boolean): readonly [rows: number, columns: number] {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

export const matmulPrimitive = definePrimitive('matmul', {
  infer: (inputs, { transposeA, transposeB }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    checkSameDType('matmul', inputs);
    checkFloating('matmul', a);
    const batch = a.shape.slice(0, -2);
    const [m, k] = matrixOf(a, transposeA);
    const [k2, n] = matrixOf(b, transposeB);
    if (k !== k2 || !sameShape(batch, b.shape.slice(0, -2))) throw new ShapeMismatchError('matmul', a.shape, b.shape);
    return { shape: [...batch, m, n], dtype: a.dtype };
  },
  // Y = A B: dA = dY B^T, dB = A^T dY; a transposed operand receives the transpose of its gradient.
  gradient: ({ dy, inputs, params: { transposeA, transposeB } }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    const da = transposeA
      ? apply('matmul', [b, dy], { transposeA: transposeB, transposeB: true })
      : apply('matmul', [dy, b], { transposeA: false, transposeB: !transposeB });
    const db = transposeB
      ? apply('matmul', [dy, a], { transposeA: true, transposeB: transposeA })
      : apply('matmul', [a, dy], { transposeA: !transposeA, transposeB: false });
    return [da, db];
  },
  flops: ([a], output, { transposeA }) => 2 * output.size * matrixOf(a as Tensor, transposeA)[1],
});

/**
 * Matrix product over the last two axes.
 * Shape: `[..., m, k] x [..., k, n] -> [..., m, n]`; leading axes broadcast.
 * @throws {ShapeError | ShapeMismatchError | DTypeError}
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  for (const x of [a, b]) {
    if (x.rank < 2) {
      throw new ShapeError({
        operation: 'matmul',
        expected: 'tensors of rank 2 or more',
        received: formatShape(x.shape),
        remedy: 'Reshape a vector to [1, n] or [n, 1].',
      });
    }
  }
  const params = { transposeA: options.transposeA ?? false, transposeB: options.transposeB ?? false };
  if (b.rank === 2 && a.rank > 2 && !params.transposeA) {
    // One matrix for the whole batch: a single product of all rows.
    const [rows, columns] = [sizeOf(a.shape.slice(0, -1)), a.shape[a.rank - 1] as number];
    if (columns !== matrixOf(b, params.transposeB)[0]) throw new ShapeMismatchError('matmul', a.shape, b.shape);
    const product = apply('matmul', [apply('reshape', [a], { shape: [rows, columns] }), b], params);
    return apply('reshape', [product], { shape: [...a.shape.slice(0, -1), product.shape[1] as number] });
  }
  const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2));
  const spread = (x: Tensor): Tensor => {
    const shape = [...batch, ...x.shape.slice(-2)];
    return sameShape(shape, x.shape) ? x : apply('broadcastTo', [x], { shape });
  };
  return apply('matmul', [spread(a), spread(b)], params);
}
