import { TransformFiltersRecord } from '../generated/records';

/** Bytes of each matrix that are one unit. */
const unitBytes: i32 = 4096;

/**
 * `G g G'` (`winograd/matrices.ts`) of the 9 packed matrices that stand where the first 9 of 16 are wanted: each place is
 * read in all of them before it is written.
 */
export function transformFilters(record: TransformFiltersRecord, begin: i32, end: i32): void {
  const step = <usize>record.matrixBytes;
  const last = record.filter + min(end * unitBytes, record.matrixBytes);
  for (let at = record.filter + begin * unitBytes; at < last; at += 16) transformPlace(at, step);
}

function transformPlace(at: usize, step: usize): void {
  const g0 = v128.load(at);
  const g1 = v128.load(at + step);
  const g2 = v128.load(at + 2 * step);
  const g6 = v128.load(at + 6 * step);
  const g7 = v128.load(at + 7 * step);
  const g8 = v128.load(at + 8 * step);
  const half0 = halfSum(g0, g6);
  const half1 = halfSum(g1, g7);
  const half2 = halfSum(g2, g8);
  const middle0 = half(v128.load(at + 3 * step));
  const middle1 = half(v128.load(at + 4 * step));
  const middle2 = half(v128.load(at + 5 * step));
  storeRow(at, step, g0, g1, g2);
  storeRow(
    at + 4 * step, step, f32x4.add(half0, middle0), f32x4.add(half1, middle1), f32x4.add(half2, middle2),
  );
  storeRow(
    at + 8 * step, step, f32x4.sub(half0, middle0), f32x4.sub(half1, middle1), f32x4.sub(half2, middle2),
  );
  storeRow(at + 12 * step, step, g6, g7, g8);
}

// @ts-ignore: decorator
@inline
/** A row times `G'`. */
function storeRow(to: usize, step: usize, g0: v128, g1: v128, g2: v128): void {
  const ends = halfSum(g0, g2);
  const middle = half(g1);
  v128.store(to, g0);
  v128.store(to + step, f32x4.add(ends, middle));
  v128.store(to + 2 * step, f32x4.sub(ends, middle));
  v128.store(to + 3 * step, g2);
}

// @ts-ignore: decorator
@inline
function half(x: v128): v128 {
  return f32x4.mul(x, f32x4.splat(0.5));
}

// @ts-ignore: decorator
@inline
function halfSum(x: v128, y: v128): v128 {
  return half(f32x4.add(x, y));
}
