import { exp } from './exp';

/** `1 / (1 + e^-x)`, written so that the exponential never overflows. */
@unmanaged
export class Sigmoid {
  @inline
  apply(x: v128): v128 {
    const one = f32x4.splat(1);
    const decay = exp(f32x4.neg(f32x4.abs(x)));
    const numerator = v128.bitselect(decay, one, f32x4.lt(x, f32x4.splat(0)));
    return f32x4.div(numerator, f32x4.add(one, decay));
  }
}
