import { clip, maskedBy } from './arithmetic';

// What a kernel does to numbers before it stores them, as bits of a record's `flags`; `lowering/epilogue.ts` sets them.

export const addsResidual: i32 = 1;
export const clips: i32 = 2;
export const masks: i32 = 4;

// @ts-ignore: decorator
@inline
/**
 * Four numbers on their way to a result. `residual` and `mask` are where the matching four numbers of those arrays are;
 * the bias is in `x` already.
 */
export function finish(x: v128, flags: i32, residual: usize, mask: usize, maximum: f32): v128 {
  if (flags & addsResidual) x = f32x4.add(x, v128.load(residual));
  if (flags & clips) x = clip(x, f32x4.splat(maximum));
  if (flags & masks) x = maskedBy(v128.load(mask), x, f32x4.splat(maximum));
  return x;
}
