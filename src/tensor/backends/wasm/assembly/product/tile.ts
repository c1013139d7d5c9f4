import { tile4 } from '../generated/tile4';
import { tile6 } from '../generated/tile6';

/** Rows of C that are computed together: with multiply-adds of one instruction, two more fit into the registers. */
export const tileRows: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;

// @ts-ignore: decorator
@inline
/**
 * `tileRows` rows of `C = A B`, `columns` columns from `c` on. `aRows` and `cRows` list where rows are: addresses, and
 * bytes from `c`; several may be the same. B lies in panels of `depth` x 8 numbers, `panel` being the first. `bias` (0
 * for none), `residual` and `mask` are moved along the columns as `c` is.
 */
export function tile(
  aRows: usize,
  aOffset: usize,
  depth: i32,
  panel: usize,
  cRows: usize,
  c: usize,
  columns: i32,
  bias: usize,
  flags: i32,
  residual: usize,
  mask: usize,
  maximum: f32,
): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile6(aRows, aOffset, depth, panel, cRows, c, columns, bias, flags, residual, mask, maximum);
  else tile4(aRows, aOffset, depth, panel, cRows, c, columns, bias, flags, residual, mask, maximum);
}
