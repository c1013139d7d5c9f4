import { mad } from './arithmetic';

/** Rows of a tile. Relaxed SIMD needs no register for products, so more sums fit. */
export const tileRows: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;

/** Columns of a tile: two vectors. */
export const tileColumns: i32 = 8;

/**
 * Adds `steps` outer products to a tile of C: `C[i, j] += sum over k of A[k, i] * B[k, j]`, where rows of A and B are
 * `aStride` and `bStride` bytes apart. `rows` and `columns` say how much of the tile exists, which may be more than there
 * is of it; what lies behind A and B is read, and forgotten.
 */
export function addTransposedTile(
  a: usize, aStride: usize, b: usize, bStride: usize, steps: i32, c: usize, cStride: usize, rows: i32, columns: i32,
): void {
  if (ASC_FEATURE_RELAXED_SIMD) addTile6(a, aStride, b, bStride, steps, c, cStride, rows, columns);
  else addTile4(a, aStride, b, bStride, steps, c, cStride, rows, columns);
}

function addTile4(
  a: usize, aStride: usize, b: usize, bStride: usize, steps: i32, c: usize, cStride: usize, rows: i32, columns: i32,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  while (true) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = mad(a0, b0, c00);
    c01 = mad(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = mad(a1, b0, c10);
    c11 = mad(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = mad(a2, b0, c20);
    c21 = mad(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = mad(a3, b0, c30);
    c31 = mad(a3, b1, c31);
    if (--steps == 0) break;
    a += aStride;
    b += bStride;
  }
  addRow(c, c00, c01, columns);
  if (rows > 1) addRow(c += cStride, c10, c11, columns);
  if (rows > 2) addRow(c += cStride, c20, c21, columns);
  if (rows > 3) addRow(c += cStride, c30, c31, columns);
}

function addTile6(
  a: usize, aStride: usize, b: usize, bStride: usize, steps: i32, c: usize, cStride: usize, rows: i32, columns: i32,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  while (true) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = mad(a0, b0, c00);
    c01 = mad(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = mad(a1, b0, c10);
    c11 = mad(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = mad(a2, b0, c20);
    c21 = mad(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = mad(a3, b0, c30);
    c31 = mad(a3, b1, c31);
    const a4 = v128.load32_splat(a, 16);
    c40 = mad(a4, b0, c40);
    c41 = mad(a4, b1, c41);
    const a5 = v128.load32_splat(a, 20);
    c50 = mad(a5, b0, c50);
    c51 = mad(a5, b1, c51);
    if (--steps == 0) break;
    a += aStride;
    b += bStride;
  }
  addRow(c, c00, c01, columns);
  if (rows > 1) addRow(c += cStride, c10, c11, columns);
  if (rows > 2) addRow(c += cStride, c20, c21, columns);
  if (rows > 3) addRow(c += cStride, c30, c31, columns);
  if (rows > 4) addRow(c += cStride, c40, c41, columns);
  if (rows > 5) addRow(c += cStride, c50, c51, columns);
}

/** Adds the first `columns` of eight numbers to those at `to`. */
export function addRow(to: usize, low: v128, high: v128, columns: i32): void {
  low = f32x4.add(v128.load(to), low);
  high = f32x4.add(v128.load(to, 16), high);
  if (columns >= 8) {
    v128.store(to, low);
    v128.store(to, high, 16);
    return;
  }
  if (columns >= 4) {
    v128.store(to, low);
    to += 16;
    columns -= 4;
    low = high;
  }
  if (columns > 0) v128.store_lane<f32>(to, low, 0);
  if (columns > 1) v128.store_lane<f32>(to, low, 1, 4);
  if (columns > 2) v128.store_lane<f32>(to, low, 2, 8);
}
