import { scratch } from '../scratch';

// Largest and smallest of float32: `f32x4.max` and `f32x4.min` give NaN if either operand is.

export function largestOfRow(to: usize, from: usize, count: i32): void {
  extremumOfRow(true, to, from, count);
}

export function smallestOfRow(to: usize, from: usize, count: i32): void {
  extremumOfRow(false, to, from, count);
}

export function largestOfColumns(to: usize, from: usize, rows: i32, columns: i32, inner: i32): void {
  extremumOfColumns(true, to, from, rows, columns, inner);
}

export function smallestOfColumns(to: usize, from: usize, rows: i32, columns: i32, inner: i32): void {
  extremumOfColumns(false, to, from, rows, columns, inner);
}

// @ts-ignore: decorator
@inline
function extremum(largest: bool, a: v128, b: v128): v128 {
  return largest ? f32x4.max(a, b) : f32x4.min(a, b);
}

// @ts-ignore: decorator
@inline
function extremumOfRow(largest: bool, to: usize, from: usize, count: i32): void {
  let a = f32x4.splat(largest ? -Infinity : Infinity);
  let b = a, c = a, d = a;
  for (; count >= 16; count -= 16) {
    a = extremum(largest, a, v128.load(from));
    b = extremum(largest, b, v128.load(from, 16));
    c = extremum(largest, c, v128.load(from, 32));
    d = extremum(largest, d, v128.load(from, 48));
    from += 64;
  }
  a = extremum(largest, extremum(largest, a, b), extremum(largest, c, d));
  for (; count > 0; count--) {
    a = extremum(largest, a, v128.load32_splat(from));
    from += 4;
  }
  a = extremum(largest, a, v128.shuffle<i32>(a, a, 2, 3, 0, 1));
  a = extremum(largest, a, v128.shuffle<i32>(a, a, 1, 0, 3, 2));
  v128.store_lane<f32>(to, a, 0);
}

// @ts-ignore: decorator
@inline
function extremumOfColumns(largest: bool, to: usize, from: usize, rows: i32, columns: i32, inner: i32): void {
  const best = scratch();
  // Lanes past the last column hold numbers of other columns, which nobody reads.
  const width = <usize>((columns + 3) & ~3) << 2;
  const stride = <usize>inner << 2;
  memory.copy(best, from, width);
  from += stride;
  for (; rows > 4; rows -= 4) {
    for (let c: usize = 0; c < width; c += 16) {
      const at = from + c;
      const ab = extremum(largest, v128.load(at), v128.load(at + stride));
      const cd = extremum(largest, v128.load(at + 2 * stride), v128.load(at + 3 * stride));
      v128.store(best + c, extremum(largest, v128.load(best + c), extremum(largest, ab, cd)));
    }
    from += stride << 2;
  }
  for (; rows > 1; rows--) {
    for (let c: usize = 0; c < width; c += 16) {
      v128.store(best + c, extremum(largest, v128.load(best + c), v128.load(from + c)));
    }
    from += stride;
  }
  memory.copy(to, best, <usize>columns << 2);
}
