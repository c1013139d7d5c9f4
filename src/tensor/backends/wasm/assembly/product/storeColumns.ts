/** Stores the first `count` of 8 numbers. */
export function storeColumns(to: usize, count: i32, left: v128, right: v128): void {
  if (count >= 4) {
    v128.store(to, left);
    to += 16;
    count -= 4;
    left = right;
  }
  if (count > 0) v128.store_lane<f32>(to, left, 0);
  if (count > 1) v128.store_lane<f32>(to, left, 1, 4);
  if (count > 2) v128.store_lane<f32>(to, left, 2, 8);
}
