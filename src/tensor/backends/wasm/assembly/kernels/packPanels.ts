import { PackPanelsRecord } from '../generated/records';
import { blockLength } from '../product/multiply';

/** Rows of one unit. */
const unitRows: i32 = 16;

/**
 * Lays out the right operand of a product as its inner loop reads it: for each block of the depth, one panel of
 * `block` x 8 numbers for every 8 columns. Columns past the end hold anything.
 */
export function packPanels(record: PackPanelsRecord, begin: i32, end: i32): void {
  const depth = record.depth;
  const unitsPerMatrix = (depth + unitRows - 1) / unitRows;
  for (let unit = begin; unit < end; unit++) {
    const matrix = unit / unitsPerMatrix;
    const from = record.from + <usize>matrix * record.fromMatrixBytes;
    const to = record.to + <usize>matrix * record.toMatrixBytes;
    const first = unit % unitsPerMatrix * unitRows;
    const last = min(first + unitRows, depth);
    for (let k = first; k < last; ) {
      const inPeriod = k % record.period;
      const block = k - inPeriod % record.block;
      const length = blockLength(block, depth, record.period, record.block);
      const rows = min(last, block + length) - k;
      packRows(record, from + <usize>k * record.rowBytes, to, block, length, k - block, rows);
      k += rows;
    }
  }
}

/** `rows` rows, `within` rows into a block of `length` rows that starts at row `block`. */
function packRows(
  record: PackPanelsRecord,
  from: usize,
  to: usize,
  block: i32,
  length: i32,
  within: i32,
  rows: i32,
): void {
  const panels = (record.columns + 7) >> 3;
  let target = to + (<usize>(block * panels + within) << 5);
  const rowBytes = <usize>record.rowBytes;
  for (let panel = 0; panel < panels; panel++) {
    let source = from;
    for (let i: usize = 0; i < <usize>rows << 5; i += 32) {
      v128.store(target + i, v128.load(source));
      v128.store(target + i, v128.load(source, 16), 16);
      source += rowBytes;
    }
    target += <usize>length << 5;
    from += 32;
  }
}
