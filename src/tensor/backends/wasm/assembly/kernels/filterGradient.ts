import { FilterGradientRecord } from '../generated/records';
import { gatherPatches, Patches } from '../patches';
import { addRow } from '../product/addRow';
import { tileRows } from '../product/tile';
import { transposedTile } from '../product/transposedTile';
import { scratch } from '../scratch';

// dFilter = patches(x)^T dy. A unit computes a block of the filter (some rows of one group by some columns) from one part
// of the pixels, a stretch of pixels at a time: long enough that its sums stay in registers for a while, short enough
// that what is read again and again stays in cache.

/** Pixels of a stretch. Sums of sums lose fewer digits than one long sum, too. */
const stretch: i32 = 256;

/** Eight columns of dy for each pixel of a stretch, and a cache line, so that panels do not compete for the same places. */
const panelBytes: usize = <usize>stretch * 32 + 64;

/** Columns of the largest block; `lowering/filterGradient.ts` has the same. Patches stand behind its panels. */
const mostPanels: usize = 256 / 8;

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
  const patches = scratch() + mostPanels * panelBytes;
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

/** `filter += a^T dy`, and `sums` (if not 0) `+=` the columns of `dy`. Rows of `filter` are as far apart as those of `dy`. */
function addStretch(
  a: usize, aStride: usize, dy: usize, dyStride: usize, count: i32, filter: usize, sums: usize, rows: i32, columns: i32,
): void {
  let panel = scratch();
  packPanels(panel, dy, dyStride, count, columns);
  for (let column = 0; column < columns; column += 8) {
    const at = <usize>column << 2;
    const width = columns - column;
    if (sums != 0) addColumnSums(sums + at, panel, count, width);
    for (let row = 0; row < rows; row += tileRows) {
      const c = filter + <usize>row * dyStride + at;
      transposedTile(a + (<usize>row << 2), aStride, panel, count, c, dyStride, rows - row, width);
    }
    panel += panelBytes;
  }
}

function packPanels(panel: usize, from: usize, stride: usize, count: i32, columns: i32): void {
  const bytes = <usize>columns << 2;
  for (; count > 0; count--) {
    let to = panel;
    for (let at: usize = 0; at < bytes; at += 32) {
      v128.store(to, v128.load(from + at));
      v128.store(to, v128.load(from + at, 16), 16);
      to += panelBytes;
    }
    panel += 32;
    from += stride;
  }
}

function addColumnSums(to: usize, panel: usize, count: i32, columns: i32): void {
  let evenLeft = f32x4.splat(0), evenRight = evenLeft, oddLeft = evenLeft, oddRight = evenLeft;
  for (; count > 1; count -= 2) {
    evenLeft = f32x4.add(evenLeft, v128.load(panel));
    evenRight = f32x4.add(evenRight, v128.load(panel, 16));
    oddLeft = f32x4.add(oddLeft, v128.load(panel, 32));
    oddRight = f32x4.add(oddRight, v128.load(panel, 48));
    panel += 64;
  }
  if (count > 0) {
    evenLeft = f32x4.add(evenLeft, v128.load(panel));
    evenRight = f32x4.add(evenRight, v128.load(panel, 16));
  }
  addRow(to, f32x4.add(evenLeft, oddLeft), f32x4.add(evenRight, oddRight), columns);
}
