// @ts-ignore: decorator
@inline
/** Stores the transpose of the 4 x 4 numbers whose rows are at the first four addresses; its rows are `step` bytes apart. */
export function transposeQuad(from0: usize, from1: usize, from2: usize, from3: usize, to: usize, step: usize): void {
  const a = v128.load(from0);
  const b = v128.load(from1);
  const c = v128.load(from2);
  const d = v128.load(from3);
  const lowAb = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const highAb = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const lowCd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const highCd = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(lowAb, lowCd, 0, 1, 4, 5));
  v128.store(to + step, v128.shuffle<f32>(lowAb, lowCd, 2, 3, 6, 7));
  v128.store(to + 2 * step, v128.shuffle<f32>(highAb, highCd, 0, 1, 4, 5));
  v128.store(to + 3 * step, v128.shuffle<f32>(highAb, highCd, 2, 3, 6, 7));
}
