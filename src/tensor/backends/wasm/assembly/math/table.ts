// @ts-ignore: decorator
@inline
/**
 * The `index`-th number of a table of float32, in every lane. One load with a broadcast; compilers make a constant of
 * four equal numbers anew wherever it is used, which takes longer than the arithmetic.
 */
export function entry(table: usize, index: usize): v128 {
  return v128.load32_splat(table + (index << 2));
}
