// Arithmetic on vectors of `T`.

@unmanaged
export class Add<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.add<T>(a, b);
  }
}

@unmanaged
export class Sub<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.sub<T>(a, b);
  }
}

@unmanaged
export class Mul<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.mul<T>(a, b);
  }
}

@unmanaged
export class Div<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.div<T>(a, b);
  }
}

@unmanaged
export class Neg<T> {
  @inline
  apply(x: v128): v128 {
    return v128.neg<T>(x);
  }
}

@unmanaged
export class Abs<T> {
  @inline
  apply(x: v128): v128 {
    return v128.abs<T>(x);
  }
}

@unmanaged
export class Sqrt<T> {
  @inline
  apply(x: v128): v128 {
    return v128.sqrt<T>(x);
  }
}

/** The larger one; NaN if either is. `pmax` gives its first operand if either is NaN, and is one instruction. */
@unmanaged
export class Maximum<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.bitselect(v128.pmax<T>(b, a), a, v128.eq<T>(a, a));
  }
}

/** The smaller one; NaN if either is. */
@unmanaged
export class Minimum<T> {
  @inline
  apply(a: v128, b: v128): v128 {
    return v128.bitselect(v128.pmin<T>(b, a), a, v128.eq<T>(a, a));
  }
}

@unmanaged
export class MaximumInt {
  @inline
  apply(a: v128, b: v128): v128 {
    return i32x4.max_s(a, b);
  }
}

@unmanaged
export class MinimumInt {
  @inline
  apply(a: v128, b: v128): v128 {
    return i32x4.min_s(a, b);
  }
}

/** `min(max(x, 0), maximum)`; NaN stays NaN. */
@unmanaged
export class Relu<T> {
  @inline
  apply(x: v128, maximum: v128): v128 {
    return v128.pmin<T>(v128.pmax<T>(x, v128.splat<T>(0)), maximum);
  }
}

/** `dy` where `0 < y < maximum`, 0 elsewhere. */
@unmanaged
export class ReluGradient<T> {
  @inline
  apply(dy: v128, y: v128, maximum: v128): v128 {
    return v128.and(dy, v128.and(v128.gt<T>(y, v128.splat<T>(0)), v128.lt<T>(y, maximum)));
  }
}

/** Towards zero; 0 if `b` is 0. */
@unmanaged
export class DivInt {
  @inline
  apply(a: i32, b: i32): i32 {
    if (b == 0) return 0;
    // The one quotient that an int32 cannot hold would trap.
    return b == -1 ? 0 - a : a / b;
  }
}

/** As the power of two doubles, without its fraction; the low bits of what is too large, 0 for infinity. */
@unmanaged
export class PowInt {
  @inline
  apply(a: i32, b: i32): i32 {
    return lowBits(NativeMath.pow(<f64>a, <f64>b));
  }
}

/** The integer part of `x` modulo 2^32; 0 for infinities and NaN. */
export function lowBits(x: f64): i32 {
  if (!isFinite(x)) return 0;
  const whole = trunc(x);
  return <i32>(<i64>(whole - floor(whole / 4294967296.0) * 4294967296.0));
}
