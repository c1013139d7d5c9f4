import { mad } from '../arithmetic';
import { exp } from './exp';

/**
 * The error function to about 2 ulp: `x T(x^2)` up to 1 and `1 - e^(-x^2) P(1 / x^2) / x` above, where `P` is one
 * polynomial up to 2 and another one behind. They are those of Cephes' erff and erfcf (S. L. Moshier,
 * https://www.netlib.org/cephes/).
 */
@unmanaged
export class Erf {
  @inline
  apply(x: v128): v128 {
    const size = f32x4.abs(x);
    const square = f32x4.mul(x, x);
    const inverse = f32x4.div(f32x4.splat(1), size);
    const z = f32x4.mul(inverse, inverse);
    const p = v128.bitselect(middlePolynomial(z), outerPolynomial(z), f32x4.lt(size, f32x4.splat(2)));
    const rest = f32x4.mul(f32x4.mul(exp(f32x4.neg(square)), inverse), p);
    // Nothing is left of the rest beyond 4, where it may be 0 times infinity.
    const far = v128.andnot(rest, f32x4.gt(size, f32x4.splat(4)));
    const signed = v128.or(f32x4.sub(f32x4.splat(1), far), v128.and(x, i32x4.splat(0x80000000)));
    return v128.bitselect(f32x4.mul(x, innerPolynomial(square)), signed, f32x4.le(size, f32x4.splat(1)));
  }
}

// @ts-ignore: decorator
@inline
function innerPolynomial(square: v128): v128 {
  let p = mad(f32x4.splat(7.853861353153693e-5), square, f32x4.splat(-8.010193625184903e-4));
  p = mad(p, square, f32x4.splat(5.188327685732524e-3));
  p = mad(p, square, f32x4.splat(-2.685381193529856e-2));
  p = mad(p, square, f32x4.splat(1.128358514861418e-1));
  p = mad(p, square, f32x4.splat(-3.761262582423300e-1));
  return mad(p, square, f32x4.splat(1.128379165726710));
}

// @ts-ignore: decorator
@inline
function middlePolynomial(z: v128): v128 {
  let p = mad(f32x4.splat(2.326819970068386e-2), z, f32x4.splat(-1.387039388740657e-1));
  p = mad(p, z, f32x4.splat(3.687424674597105e-1));
  p = mad(p, z, f32x4.splat(-5.824733027278666e-1));
  p = mad(p, z, f32x4.splat(6.210004621745983e-1));
  p = mad(p, z, f32x4.splat(-4.944515323274145e-1));
  p = mad(p, z, f32x4.splat(3.404879937665872e-1));
  p = mad(p, z, f32x4.splat(-2.741127028184656e-1));
  return mad(p, z, f32x4.splat(5.638259427386472e-1));
}

// @ts-ignore: decorator
@inline
function outerPolynomial(z: v128): v128 {
  let p = mad(f32x4.splat(-1.047766399936249e1), z, f32x4.splat(1.297719955372516e1));
  p = mad(p, z, f32x4.splat(-7.495518717768503));
  p = mad(p, z, f32x4.splat(2.921019019210786));
  p = mad(p, z, f32x4.splat(-1.015265279202700));
  p = mad(p, z, f32x4.splat(4.218463358204948e-1));
  p = mad(p, z, f32x4.splat(-2.820767439740514e-1));
  return mad(p, z, f32x4.splat(5.641895067754075e-1));
}
