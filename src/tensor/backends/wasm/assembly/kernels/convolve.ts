import { ConvolveRecord } from '../generated/records';
import { gatherWindows } from '../product/gatherWindows';
import { blockFlags, blockLength, multiply } from '../product/multiply';
import { completeTable, listRows, tableBytes } from '../product/rowTable';
import { scratch } from '../scratch';

/**
 * A convolution as the product of what windows see and the filter, for blocks of pixels small enough that what their
 * windows see stays in the cache. Groups of channels are products of their own.
 */
export function convolve(record: ConvolveRecord, begin: i32, end: i32): void {
  const rowBlocks = (record.rows + record.unitRows - 1) / record.unitRows;
  const columnBlocks = (record.columns + record.unitColumns - 1) / record.unitColumns;
  for (let unit = begin; unit < end; unit++) {
    const group = unit / columnBlocks / rowBlocks;
    convolveBlock(record, group, unit / columnBlocks % rowBlocks, unit % columnBlocks);
  }
}

function convolveBlock(record: ConvolveRecord, group: i32, rowBlock: i32, columnBlock: i32): void {
  const firstRow = rowBlock * record.unitRows;
  const firstColumn = columnBlock * record.unitColumns;
  const rows = min(record.unitRows, record.rows - firstRow);
  const columns = min(record.unitColumns, record.columns - firstColumn);
  const depth = record.depth;
  const paddedColumns = (record.columns + 7) & ~7;

  const windowRows = scratch();
  const yRows = windowRows + tableBytes;
  const gathered = yRows + tableBytes;
  const x = record.x + (<usize>(group * record.channels) << 2);
  const filter = record.filter + <usize>group * record.filterGroupBytes;
  const biasOffset = <usize>(group * record.columns + firstColumn) << 2;
  listPixels(yRows, record, firstRow, rows);

  let at = 0;
  do {
    const length = blockLength(at, depth, record.period, record.block);
    const next = at + length;
    if (length > 0) gatherWindows(gathered, record, x, firstRow, rows, at, length);
    listRows(windowRows, gathered, <usize>length << 2, rows);
    multiply(
      windowRows,
      0,
      length,
      filter + (<usize>(at * paddedColumns + firstColumn * length) << 2),
      yRows,
      record.y + biasOffset,
      rows,
      columns,
      record.bias == 0 ? 0 : record.bias + biasOffset,
      blockFlags(record.flags, at == 0, next >= depth),
      record.residual + biasOffset,
      record.mask + biasOffset,
      record.maximum,
    );
    at = next;
  } while (at < depth);
}

/** Where the pixels of the grid from `pixel` on are in the result. */
function listPixels(table: usize, record: ConvolveRecord, pixel: i32, rows: i32): void {
  let column = pixel % record.gridWidth;
  let row = pixel / record.gridWidth % record.gridHeight;
  let image = pixel / record.gridWidth / record.gridHeight;
  for (let i = 0; i < rows; i++) {
    const offset = image * record.yImageBytes + row * record.yRowBytes + column * record.yPixelBytes;
    store<usize>(table + (<usize>i << 2), offset);
    if (++column == record.gridWidth) {
      column = 0;
      if (++row == record.gridHeight) {
        row = 0;
        image++;
      }
    }
  }
  completeTable(table, rows);
}
