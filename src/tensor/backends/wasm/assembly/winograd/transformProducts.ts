import { finish } from '../epilogue';
import { WinogradRecord } from '../generated/records';
import { storeLeft } from '../lanes';
import { tileSize } from './matrices';

/**
 * `A' m A` for `columns` filters from `firstColumn` on: the pixels of `tiles` tiles from `first` on, finished. Each of
 * the 16 matrices m, `step` bytes apart, has a row of filters for each tile, `rowBytes` apart.
 */
export function transformProducts(
  from: usize, rowBytes: usize, step: usize, record: WinogradRecord, first: i32, tiles: i32, firstColumn: i32, columns: i32,
): void {
  const pixelBytes = <usize>record.columns << 2;
  const bytes = columns << 2;
  const bias = record.bias == 0 ? 0 : record.bias + (<usize>firstColumn << 2);
  for (let tile = first; tile < first + tiles; tile++) {
    const column = tile % record.tilesX * tileSize;
    const line = tile / record.tilesX;
    const row = line % record.tilesY * tileSize;
    const pixel = (line / record.tilesY * record.yHeight + row) * record.yWidth + column;
    const at = <usize>pixel * pixelBytes + (<usize>firstColumn << 2);
    const second = column + 1 < record.yWidth ? pixelBytes : 0;
    transformRow(record, from, from + 4 * step, from + 8 * step, step, at, second, bias, bytes, true);
    if (row + 1 < record.yHeight) {
      const below = at + <usize>record.yWidth * pixelBytes;
      transformRow(record, from + 4 * step, from + 8 * step, from + 12 * step, step, below, second, bias, bytes, false);
    }
    from += rowBytes;
  }
}

// @ts-ignore: decorator
@inline
/**
 * `(a + (b + c)) A`, or `(a - (b + c)) A`, where a, b and c are rows of four numbers: the two pixels that lie `at` and
 * `second` bytes behind it in y. There is only the first one if `second` is 0.
 */
function transformRow(
  record: WinogradRecord, a: usize, b: usize, c: usize, step: usize, at: usize, second: usize, bias: usize, bytes: i32,
  adds: bool,
): void {
  const y = record.y + at;
  const residual = record.residual + at;
  const mask = record.mask + at;
  const flags = record.flags;
  const maximum = record.maximum;
  for (let i: usize = 0; i < <usize>bytes; i += 16) {
    const s1 = combine(a + step, b + step, c + step, i, adds);
    const s2 = combine(a + 2 * step, b + 2 * step, c + 2 * step, i, adds);
    const start = bias == 0 ? f32x4.splat(0) : v128.load(bias + i);
    const y0 = f32x4.add(start, f32x4.add(combine(a, b, c, i, adds), f32x4.add(s1, s2)));
    storeLeft(y + i, finish(y0, flags, residual + i, mask + i, maximum), bytes - <i32>i);
    if (second) {
      const s3 = combine(a + 3 * step, b + 3 * step, c + 3 * step, i, adds);
      const y1 = f32x4.add(start, f32x4.sub(s1, f32x4.add(s2, s3)));
      const other = second + i;
      storeLeft(y + other, finish(y1, flags, residual + other, mask + other, maximum), bytes - <i32>i);
    }
  }
}

// @ts-ignore: decorator
@inline
function combine(a: usize, b: usize, c: usize, i: usize, adds: bool): v128 {
  const sum = f32x4.add(v128.load(b + i), v128.load(c + i));
  return adds ? f32x4.add(v128.load(a + i), sum) : f32x4.sub(v128.load(a + i), sum);
}
