// Between the kinds of number that lanes of 32 bits hold: float32, int32, uint8 as an int32, and masks.

@unmanaged
export class Copy {
  @inline
  apply(x: v128): v128 {
    return x;
  }
}

/** Without the fraction, at most and at least what an int32 holds; NaN is 0. */
@unmanaged
export class FloatToInt {
  @inline
  apply(x: v128): v128 {
    return i32x4.trunc_sat_f32x4_s(x);
  }
}

/** Without the fraction, at most 255 and at least 0; NaN is 0. */
@unmanaged
export class FloatToByte {
  @inline
  apply(x: v128): v128 {
    return i32x4.min_u(i32x4.trunc_sat_f32x4_u(x), i32x4.splat(255));
  }
}

/** NaN is true: it is not 0. */
@unmanaged
export class FloatToTruth {
  @inline
  apply(x: v128): v128 {
    return f32x4.ne(x, f32x4.splat(0));
  }
}

@unmanaged
export class IntToFloat {
  @inline
  apply(x: v128): v128 {
    return f32x4.convert_i32x4_s(x);
  }
}

@unmanaged
export class IntToTruth {
  @inline
  apply(x: v128): v128 {
    return i32x4.ne(x, i32x4.splat(0));
  }
}

@unmanaged
export class TruthToFloat {
  @inline
  apply(x: v128): v128 {
    return v128.and(x, f32x4.splat(1));
  }
}

@unmanaged
export class TruthToInt {
  @inline
  apply(x: v128): v128 {
    return v128.and(x, i32x4.splat(1));
  }
}

@unmanaged
export class WrapByte {
  @inline
  apply(x: v128): v128 {
    return v128.and(x, i32x4.splat(255));
  }
}
