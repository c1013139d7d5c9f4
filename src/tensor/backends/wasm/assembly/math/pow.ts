/**
 * `a^b` as JavaScript has it (so `1^Infinity` is NaN), correctly rounded but for rare ties: `2^(b log2 |a|)` in double
 * precision, with the sign and the exceptions of negative bases.
 */
@unmanaged
export class Pow {
  @inline
  apply(a: v128, b: v128): v128 {
    const size = f32x4.abs(a);
    const low = power(f64x2.promote_low_f32x4(size), f64x2.promote_low_f32x4(b));
    const high = power(f64x2.promote_low_f32x4(upper(size)), f64x2.promote_low_f32x4(upper(b)));
    let y = v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
    const half = f32x4.mul(b, f32x4.splat(0.5));
    const whole = f32x4.eq(b, f32x4.nearest(b));
    const odd = v128.andnot(whole, f32x4.eq(half, f32x4.nearest(half)));
    y = v128.or(y, v128.and(v128.and(a, odd), i32x4.splat(0x80000000)));
    // The root of a negative number; that of -0 and -Infinity is real.
    const negative = v128.and(f32x4.lt(a, f32x4.splat(0)), f32x4.lt(size, f32x4.splat(Infinity)));
    y = v128.bitselect(f32x4.splat(NaN), y, v128.andnot(negative, whole));
    return v128.bitselect(f32x4.splat(1), y, f32x4.eq(b, f32x4.splat(0)));
  }
}

// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 2, 3, 2, 3);
}

function power(a: v128, b: v128): v128 {
  return exp2(f64x2.mul(b, log2(a)));
}

/** `log2 a` for `a >= 0` that float32 can hold, to about 1e-13: a `2^e m`, then `log m = 2 artanh((m - 1) / (m + 1))`. */
function log2(a: v128): v128 {
  // As in `log`: the bits of sqrt(1/2) taken away first.
  const offset = i64x2.sub(a, i64x2.splat(0x3fe6a09e667f3bcd));
  const exponent = i64x2.shr_s(offset, 52);
  const mantissa = i64x2.sub(a, i64x2.shl(exponent, 52));
  const e = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2));
  const one = f64x2.splat(1);
  const s = f64x2.div(f64x2.sub(mantissa, one), f64x2.add(mantissa, one));
  const z = f64x2.mul(s, s);
  // The series of artanh(s) / s; |s| < 0.172.
  let p = f64x2.splat(1.0 / 17.0);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 15.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 13.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 11.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 9.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 7.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 5.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 3.0));
  p = f64x2.add(f64x2.mul(p, z), one);
  let y = f64x2.add(e, f64x2.mul(f64x2.mul(p, s), f64x2.splat(2 * 1.4426950408889634)));
  // Infinity and NaN are their own logarithms.
  y = v128.bitselect(y, a, f64x2.lt(a, f64x2.splat(Infinity)));
  return v128.bitselect(f64x2.splat(-Infinity), y, f64x2.eq(a, f64x2.splat(0)));
}

/** `2^y` to about 1e-11, right where float32 can hold it and out of its range elsewhere. */
function exp2(y: v128): v128 {
  const bounded = f64x2.pmin(f64x2.pmax(y, f64x2.splat(-200)), f64x2.splat(200));
  const n = f64x2.nearest(bounded);
  const r = f64x2.mul(f64x2.sub(bounded, n), f64x2.splat(0.6931471805599453));
  // The series of e^r; |r| < 0.35.
  let p = f64x2.splat(1.0 / 3628800.0);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 362880.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 40320.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 5040.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 720.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 120.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 24.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 6.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n));
  return f64x2.mul(p, i64x2.shl(i64x2.add(whole, i64x2.splat(1023)), 52));
}
