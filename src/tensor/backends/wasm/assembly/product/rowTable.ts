import { tileRows } from './tile';

// Tables of rows, one word each. The last row stands in for those that are missing in the last tile: what it computes
// and stores is the same again.

/** Rows a table has room for (`lowering/blocking.ts` asks for no more), besides those of an incomplete tile. */
export const tableRows: i32 = 1024;
export const tableBytes: usize = 4 * (1024 + 16);

/** `first`, `first + step`, ... */
export function listRows(table: usize, first: usize, step: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    store<usize>(table + (<usize>i << 2), first);
    first += step;
  }
  completeTable(table, rows);
}

/** Repeats the last of `rows` rows until the last tile is full. */
export function completeTable(table: usize, rows: i32): void {
  const last = load<usize>(table + (<usize>(rows - 1) << 2));
  for (let i = rows; i % tileRows != 0; i++) store<usize>(table + (<usize>i << 2), last);
}
