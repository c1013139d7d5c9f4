import { mad } from '../arithmetic';
import { entry } from './table';

/** Bounds, log2 e, 1.5 * 2^23, ln 2 in two parts, then the polynomial from the highest power down. */
const table = memory.data<f32>([
  -104, 89, 1.44269504, 12582912, -0.693359375, 2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1,
]);

// @ts-ignore: decorator
@inline
/**
 * `e^x` to about 1 ulp: `x = n ln 2 + r` with `|r| <= ln 2 / 2`, where ln 2 is subtracted in two parts (Cody and Waite),
 * then `2^n e^r`. The polynomial is that of Cephes' expf (S. L. Moshier, https://www.netlib.org/cephes/).
 */
export function exp(x: v128): v128 {
  // Outside these bounds the result is infinite or 0 anyway, and 2^n can be made of two factors. NaN passes.
  const bounded = f32x4.pmin(f32x4.pmax(x, entry(table, 0)), entry(table, 1));
  // A float32 of this size has no fraction: adding it rounds, and leaves the whole number in the last bits.
  const rounder = entry(table, 3);
  const shifted = f32x4.add(f32x4.mul(bounded, entry(table, 2)), rounder);
  const n = f32x4.sub(shifted, rounder);
  const whole = i32x4.sub(shifted, rounder);
  let r = mad(n, entry(table, 4), bounded);
  r = mad(n, entry(table, 5), r);
  let p = mad(entry(table, 6), r, entry(table, 7));
  p = mad(p, r, entry(table, 8));
  p = mad(p, r, entry(table, 9));
  p = mad(p, r, entry(table, 10));
  p = mad(p, r, entry(table, 11));
  p = f32x4.add(mad(p, f32x4.mul(r, r), r), entry(table, 12));
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

// @ts-ignore: decorator
@inline
/** `2^n` for whole `n` from -126 to 127: nothing but an exponent. */
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

@unmanaged
export class Exp {
  @inline
  apply(x: v128): v128 {
    return exp(x);
  }
}
