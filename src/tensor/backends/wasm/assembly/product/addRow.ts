import { storeColumns } from './storeColumns';

/** Adds what exists of a tile, rows of 8 numbers one after the other, to C. */
export function addPartOfTile(tile: usize, c: usize, cStride: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    addRow(c, v128.load(tile), v128.load(tile, 16), columns);
    tile += 32;
    c += cStride;
  }
}

/** Adds the first `columns` of 8 numbers to those at `to`. */
export function addRow(to: usize, left: v128, right: v128, columns: i32): void {
  left = f32x4.add(v128.load(to), left);
  right = f32x4.add(v128.load(to, 16), right);
  if (columns < 8) storeColumns(to, columns, left, right);
  else {
    v128.store(to, left);
    v128.store(to, right, 16);
  }
}
