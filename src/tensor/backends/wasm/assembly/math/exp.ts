import { mad } from '../arithmetic';

// @ts-ignore: decorator
@inline
/**
 * `e^x` to about 1 ulp: `x = n ln 2 + r` with `|r| <= ln 2 / 2`, where ln 2 is subtracted in two parts (Cody and Waite),
 * then `2^n e^r`. The polynomial is that of Cephes' expf (S. L. Moshier, https://www.netlib.org/cephes/).
 */
export function exp(x: v128): v128 {
  // Outside these bounds the result is infinite or 0 anyway, and 2^n can be made of two factors. NaN passes.
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-104)), f32x4.splat(89));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  let r = mad(n, f32x4.splat(-0.693359375), bounded);
  r = mad(n, f32x4.splat(2.12194440e-4), r);
  let p = mad(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  p = mad(p, r, f32x4.splat(8.3334519073e-3));
  p = mad(p, r, f32x4.splat(4.1665795894e-2));
  p = mad(p, r, f32x4.splat(1.6666665459e-1));
  p = mad(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(mad(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const whole = i32x4.trunc_sat_f32x4_s(n);
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
