// @ts-ignore: decorator
@inline
/** Where `x` replaces the largest element so far: where it is larger, or the first NaN. A mask. */
export function replaces<T>(x: v128, largest: v128): v128 {
  return v128.andnot(v128.eq<T>(largest, largest), v128.le<T>(x, largest));
}
