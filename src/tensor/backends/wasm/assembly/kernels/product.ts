import { ProductRecord } from '../generated/records';
import { gatherTransposed } from '../product/gatherTransposed';
import { blockFlags, blockLength, multiply } from '../product/multiply';
import { listRows, tableBytes } from '../product/rowTable';
import { scratch } from '../scratch';

/** `C = A B` for a batch of matrices; A is read where it is, or transposed block by block. */
export function product(record: ProductRecord, begin: i32, end: i32): void {
  const rowBlocks = (record.rows + record.unitRows - 1) / record.unitRows;
  const columnBlocks = (record.columns + record.unitColumns - 1) / record.unitColumns;
  for (let unit = begin; unit < end; unit++) {
    const matrix = unit / columnBlocks / rowBlocks;
    productBlock(record, matrix, unit / columnBlocks % rowBlocks, unit % columnBlocks);
  }
}

function productBlock(record: ProductRecord, matrix: i32, rowBlock: i32, columnBlock: i32): void {
  const firstRow = rowBlock * record.unitRows;
  const firstColumn = columnBlock * record.unitColumns;
  const rows = min(record.unitRows, record.rows - firstRow);
  const columns = min(record.unitColumns, record.columns - firstColumn);
  const depth = record.depth;
  const columnBytes = <usize>firstColumn << 2;
  const paddedColumns = (record.columns + 7) & ~7;

  const aRows = scratch();
  const cRows = aRows + tableBytes;
  const gathered = cRows + tableBytes;
  const a = record.a + <usize>matrix * record.aMatrixBytes;
  const b = record.b + <usize>matrix * record.bMatrixBytes;
  const cOffset = <usize>matrix * record.cMatrixBytes + columnBytes;
  const bias = record.bias == 0 ? 0 : record.bias + <usize>matrix * record.biasMatrixBytes + columnBytes;
  if (!record.transposed) listRows(aRows, a + <usize>firstRow * record.aRowBytes, record.aRowBytes, rows);
  listRows(cRows, <usize>firstRow * record.cRowBytes, record.cRowBytes, rows);

  let at = 0;
  do {
    const length = blockLength(at, depth, depth, record.block);
    const next = at + length;
    let aOffset = <usize>at << 2;
    if (record.transposed) {
      const pitch = ((<usize>length + 3) & ~3) << 2;
      const source = a + <usize>at * record.aRowBytes + (<usize>firstRow << 2);
      gatherTransposed(gathered, pitch, source, record.aRowBytes, rows, length);
      listRows(aRows, gathered, pitch, rows);
      aOffset = 0;
    }
    multiply(
      aRows,
      aOffset,
      length,
      b + (<usize>(at * paddedColumns + firstColumn * length) << 2),
      cRows,
      record.c + cOffset,
      rows,
      columns,
      bias,
      blockFlags(record.flags, at == 0, next >= depth),
      record.residual + cOffset,
      record.mask + cOffset,
      record.maximum,
    );
    at = next;
  } while (at < depth);
}
