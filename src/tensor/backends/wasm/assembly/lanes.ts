import { mad } from './arithmetic';

/** Bytes of a vector. */
export const vectorBytes: usize = 16;

// @ts-ignore: decorator
@inline
/** `mad` for either floating type. */
export function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  return sizeof<T>() == 4 ? mad(a, b, c) : f64x2.add(c, f64x2.mul(a, b));
}

/** Stores the first `bytes` bytes of `x`: 4, 8 or 12. */
export function storeSome(to: usize, x: v128, bytes: usize): void {
  if (bytes & 8) {
    v128.store64_lane(to, x, 0);
    if (bytes & 4) v128.store32_lane(to, x, 2, 8);
  } else v128.store32_lane(to, x, 0);
}

// @ts-ignore: decorator
@inline
/** Stores a vector, or its first `left` bytes. */
export function storeLeft(to: usize, x: v128, left: i32): void {
  if (left >= <i32>vectorBytes) v128.store(to, x);
  else storeSome(to, x, left);
}
