import { transposedTile4 } from '../generated/transposedTile4';
import { transposedTile6 } from '../generated/transposedTile6';

// @ts-ignore: decorator
@inline
/**
 * Adds `steps` outer products to a tile of C: `C[i, j] += sum over k of A[k, i] B[k, j]`. Rows of A are `aStride` bytes
 * apart, B is a panel of `steps` x 8 numbers. `rows` and `columns` say how much there is of C from the tile on, which may
 * be more or less than it takes; what lies behind A is read, and forgotten.
 */
export function transposedTile(
  a: usize, aStride: usize, b: usize, steps: i32, c: usize, cStride: usize, rows: i32, columns: i32,
): void {
  if (ASC_FEATURE_RELAXED_SIMD) transposedTile6(a, aStride, b, steps, c, cStride, rows, columns);
  else transposedTile4(a, aStride, b, steps, c, cStride, rows, columns);
}
