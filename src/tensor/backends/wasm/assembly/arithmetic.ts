// @ts-ignore: decorator
@inline
/** `a * b + c`, rounded once or twice, as the build has it. */
export function mad(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(c, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
/** `min(max(x, 0), maximum)`; NaN stays NaN. One instruction each, unlike `f32x4.min` and `f32x4.max`. */
export function clip(x: v128, maximum: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), maximum);
}

// @ts-ignore: decorator
@inline
/** `x` where `0 < y < maximum`, 0 elsewhere. */
export function maskedBy(y: v128, x: v128, maximum: v128): v128 {
  return v128.and(x, v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.lt(y, maximum)));
}
