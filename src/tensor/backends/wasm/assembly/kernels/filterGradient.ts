import { FilterGradientRecord } from '../generated/records';
import { gatherPatches, Patches } from '../patches';
import { scratch } from '../scratch';
import { addRow, addTransposedTile, tileColumns, tileRows } from '../transposedTile';

// dFilter = patches(x)^T dy. A unit computes a block of the filter (some rows of one group by some columns) from one part
// of the pixels, a stretch of pixels at a time: long enough that its sums stay in registers for a while, short enough
// that what is read again and again stays in cache.

/** Pixels of a stretch. Sums of sums lose fewer digits than one long sum, too. */
const stretch: i32 = 256;

/** A column of tiles packed, if so many rows of tiles read it again. */
const packingRows: i32 = 32;
const panelStride: usize = 32;

/** Most rows of a block; `lowering/filterGradient.ts` has the same. Behind the panel, scratch holds that many columns. */
const panelBytes: usize = <usize>stretch * panelStride;

export function filterGradient(record: FilterGradientRecord, begin: i32, end: i32): void {
  for (let unit = begin; unit < end; unit++) {
    const columnBlock = unit % record.columnBlocks;
    let rest = unit / record.columnBlocks;
    const rowBlock = rest % record.rowBlocks;
    rest /= record.rowBlocks;
    computeBlock(record, rest / record.groups, rest % record.groups, rowBlock, columnBlock);
  }
}

function computeBlock(record: FilterGradientRecord, part: i32, group: i32, rowBlock: i32, columnBlock: i32): void {
  const sizes = changetype<Patches>(record.tail);
  const filters = record.groupFilters * record.groups;
  const firstRow = rowBlock * record.rowsPerBlock;
  const rows = min(record.rowsPerBlock, record.patchSize - firstRow);
  const firstColumn = columnBlock * record.columnsPerBlock;
  const columns = min(record.columnsPerBlock, record.groupFilters - firstColumn);
  const stride = <usize>filters << 2;
  const offset = <usize>(group * record.groupFilters + firstColumn) << 2;
  const filter = record.filter + <usize>(part * record.patchSize + firstRow) * stride + offset;
  const sums = rowBlock == 0 && record.sums != 0 ? record.sums + <usize>part * stride + offset : 0;
  for (let i = 0; i < rows; i++) memory.fill(filter + <usize>i * stride, 0, columns << 2);
  if (sums != 0) memory.fill(sums, 0, columns << 2);

  const channelBytes = <usize>sizes.channels << 2;
  const patches = scratch() + panelBytes;
  // An odd number of cache lines, so that rows do not compete for the same places in the cache.
  const patchStride: usize = ((<usize>rows + 15) / 16 | 1) << 6;
  const last = min((part + 1) * record.pixelsPerPart, record.pixels);
  for (let pixel = part * record.pixelsPerPart; pixel < last; pixel += stretch) {
    const count = min(stretch, last - pixel);
    const dy = record.dy + <usize>pixel * stride + offset;
    if (record.inPlace) {
      const x = record.x + <usize>pixel * channelBytes + (<usize>(group * record.patchSize + firstRow) << 2);
      addStretch(x, channelBytes, dy, stride, count, filter, sums, rows, columns);
    } else {
      gatherPatches(patches, patchStride, record.x, sizes, group, pixel, count, firstRow, firstRow + rows);
      addStretch(patches, patchStride, dy, stride, count, filter, sums, rows, columns);
    }
  }
}

/** `filter += a^T dy`, and the columns of `dy` to `sums`. Rows of `filter` are as far apart as those of `dy`. */
function addStretch(
  a: usize, aStride: usize, dy: usize, dyStride: usize, count: i32, filter: usize, sums: usize, rows: i32, columns: i32,
): void {
  const panel = scratch();
  for (let column = 0; column < columns; column += tileColumns) {
    const at = <usize>column << 2;
    const width = columns - column;
    if (sums != 0) addColumnSums(sums + at, dy + at, dyStride, count, width);
    let b = dy + at;
    let bStride = dyStride;
    if (rows > packingRows) {
      packPanel(panel, b, dyStride, count);
      b = panel;
      bStride = panelStride;
    }
    for (let row = 0; row < rows; row += tileRows) {
      const c = filter + <usize>row * dyStride + at;
      addTransposedTile(a + (<usize>row << 2), aStride, b, bStride, count, c, dyStride, rows - row, width);
    }
  }
}

function packPanel(panel: usize, from: usize, stride: usize, count: i32): void {
  for (; count > 0; count--) {
    v128.store(panel, v128.load(from));
    v128.store(panel, v128.load(from, 16), 16);
    panel += panelStride;
    from += stride;
  }
}

function addColumnSums(to: usize, from: usize, stride: usize, count: i32, columns: i32): void {
  let evenLow = f32x4.splat(0), evenHigh = evenLow, oddLow = evenLow, oddHigh = evenLow;
  for (; count > 1; count -= 2) {
    evenLow = f32x4.add(evenLow, v128.load(from));
    evenHigh = f32x4.add(evenHigh, v128.load(from, 16));
    from += stride;
    oddLow = f32x4.add(oddLow, v128.load(from));
    oddHigh = f32x4.add(oddHigh, v128.load(from, 16));
    from += stride;
  }
  if (count > 0) {
    evenLow = f32x4.add(evenLow, v128.load(from));
    evenHigh = f32x4.add(evenHigh, v128.load(from, 16));
  }
  addRow(to, f32x4.add(evenLow, oddLow), f32x4.add(evenHigh, oddHigh), columns);
}
