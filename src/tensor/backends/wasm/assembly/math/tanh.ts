import { mad } from '../arithmetic';
import { exp } from './exp';

/**
 * Hyperbolic tangent to about 2 ulp: an odd polynomial below 0.625 (that of Cephes' tanhf, S. L. Moshier,
 * https://www.netlib.org/cephes/), `1 - 2 / (e^2x + 1)` above.
 */
@unmanaged
export class Tanh {
  @inline
  apply(x: v128): v128 {
    const size = f32x4.abs(x);
    const square = f32x4.mul(x, x);
    let p = mad(f32x4.splat(-5.70498872745e-3), square, f32x4.splat(2.06390887954e-2));
    p = mad(p, square, f32x4.splat(-5.37397155531e-2));
    p = mad(p, square, f32x4.splat(1.33314422036e-1));
    p = mad(p, square, f32x4.splat(-3.33332819422e-1));
    const near = mad(f32x4.mul(p, square), x, x);
    const one = f32x4.splat(1);
    const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp(f32x4.add(size, size)), one)));
    const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
    return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
  }
}
