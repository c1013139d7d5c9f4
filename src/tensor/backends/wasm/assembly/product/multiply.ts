import { continues } from './continues';
import { tile, tileRows } from './tile';

/** Bytes of packed B that stay in the first-level cache beside the rows of A, and in the second-level cache. */
const firstLevel: usize = 20480;
const secondLevel: usize = 131072;
/** Up to this depth storing C takes longer than reading B, so that whole rows of C are better than pieces. */
const shallow: i32 = 128;

/** Parts of the depth are blocks of `block` numbers that start anew every `period`: the length of the one at `at`. */
export function blockLength(at: i32, depth: i32, period: i32, block: i32): i32 {
  const start = at % max(period, 1);
  return min(min(block, period - start), depth - at);
}

/**
 * `rows` x `columns` numbers of C over one block of the depth, `b` being the panels of these columns. The epilogue is
 * applied if the block is the last one.
 */
export function multiply(
  aRows: usize,
  aOffset: usize,
  depth: i32,
  b: usize,
  cRows: usize,
  c: usize,
  rows: i32,
  columns: i32,
  bias: usize,
  flags: i32,
  residual: usize,
  mask: usize,
  maximum: f32,
): void {
  const panelBytes = <usize>depth << 5;
  const panels = (columns + 7) >> 3;
  // All panels for each tile of rows, or one panel at a time for all rows.
  const stride = panelBytes * panels <= (depth <= shallow ? secondLevel : firstLevel) ? columns : 8;
  for (let j = 0; j < columns; j += stride) {
    const width = min(stride, columns - j);
    const bytes = <usize>j << 2;
    const panel = b + bytes * depth;
    const start = bias == 0 ? 0 : bias + bytes;
    for (let i: usize = 0; i < <usize>rows << 2; i += tileRows << 2) {
      tile(
        aRows + i,
        aOffset,
        depth,
        panel,
        cRows + i,
        c + bytes,
        width,
        start,
        flags,
        residual + bytes,
        mask + bytes,
        maximum,
      );
    }
  }
}

/** The flags for one block of the depth: it continues unless it is the first, and finishes only if it is the last. */
export function blockFlags(flags: i32, first: bool, last: bool): i32 {
  return (last ? flags : 0) | (first ? 0 : continues);
}
