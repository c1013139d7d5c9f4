import { mad } from '../arithmetic';

// @ts-ignore: decorator
@inline
/**
 * Natural logarithm to about 1 ulp: `x = m 2^e` with `sqrt(1/2) <= m < sqrt(2)`, then `log m + e ln 2`. The polynomial is
 * that of Cephes' logf (S. L. Moshier, https://www.netlib.org/cephes/).
 */
export function log(x: v128): v128 {
  const subnormal = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, subnormal);
  // Taking the bits of sqrt(1/2) away first makes the exponent that of a mantissa in [sqrt(1/2), sqrt(2)).
  const offset = i32x4.sub(scaled, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.shr_s(offset, 23);
  const mantissa = i32x4.sub(scaled, i32x4.shl(exponent, 23));
  const shift = v128.and(subnormal, i32x4.splat(23));
  const e = f32x4.convert_i32x4_s(i32x4.sub(exponent, shift));
  const f = f32x4.sub(mantissa, f32x4.splat(1));
  const square = f32x4.mul(f, f);
  let p = mad(f32x4.splat(7.0376836292e-2), f, f32x4.splat(-1.1514610310e-1));
  p = mad(p, f, f32x4.splat(1.1676998740e-1));
  p = mad(p, f, f32x4.splat(-1.2420140846e-1));
  p = mad(p, f, f32x4.splat(1.4249322787e-1));
  p = mad(p, f, f32x4.splat(-1.6668057665e-1));
  p = mad(p, f, f32x4.splat(2.0000714765e-1));
  p = mad(p, f, f32x4.splat(-2.4999993993e-1));
  p = mad(p, f, f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, f), square);
  // ln 2 in two parts, the first of which is exact in few digits.
  y = mad(e, f32x4.splat(-2.12194440e-4), y);
  y = mad(square, f32x4.splat(-0.5), y);
  y = mad(e, f32x4.splat(0.693359375), f32x4.add(f, y));
  // Infinity and NaN are their own logarithms; below 0 there is none.
  y = v128.bitselect(y, x, f32x4.lt(x, f32x4.splat(Infinity)));
  y = v128.bitselect(f32x4.splat(-Infinity), y, f32x4.eq(x, f32x4.splat(0)));
  return v128.bitselect(f32x4.splat(NaN), y, f32x4.lt(x, f32x4.splat(0)));
}

@unmanaged
export class Log {
  @inline
  apply(x: v128): v128 {
    return log(x);
  }
}

/**
 * `log(1 + x)`: with `u = 1 + x` rounded, `log u + (x - (u - 1)) / u` makes good what rounding lost (W. Kahan; as in the
 * HP-15C Advanced Functions Handbook).
 */
@unmanaged
export class Log1p {
  @inline
  apply(x: v128): v128 {
    const one = f32x4.splat(1);
    const u = f32x4.add(x, one);
    const lost = f32x4.sub(x, f32x4.sub(u, one));
    const correction = f32x4.div(lost, u);
    // At -1 and at infinity there is nothing to make good.
    const ordinary = v128.and(f32x4.gt(u, f32x4.splat(0)), f32x4.lt(u, f32x4.splat(Infinity)));
    const y = f32x4.add(log(u), v128.and(correction, ordinary));
    // Small numbers, and the sign of 0, stay as they are.
    return v128.bitselect(x, y, f32x4.eq(u, one));
  }
}
