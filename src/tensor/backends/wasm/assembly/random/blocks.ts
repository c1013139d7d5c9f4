/** Numbers of one unit; `lowering/random.ts` has the same. */
export const blockSize: i32 = 4096;

/** One number in `[0, 1)` with 24 random bits, so that it is exact in float32, from 32 random bits. */
// @ts-ignore: decorator
@inline
export function unitInterval(bits: u32): f64 {
  return <f64>(bits >> 8) * (1.0 / 16777216.0);
}
