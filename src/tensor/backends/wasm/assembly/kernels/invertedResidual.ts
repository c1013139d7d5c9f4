import { DepthwiseRecord, Header, InvertedResidualRecord, ProductRecord } from '../generated/records';
import { scratch, scratchEnd } from '../scratch';
import { columnsAt, rowsAt } from '../windows';
import { depthwise } from './depthwise';
import { product } from './product';

/** Scratch that the kernels need for themselves, and room for the instructions behind all the rest. */
const kernelBytes: usize = 32768;
const instructionBytes: usize = 4096;

/** The rows of the expanded image that are in scratch, for the rows of one unit. */
let firstExpanded: i32 = 0;
let endExpanded: i32 = 0;

export function invertedResidual(record: InvertedResidualRecord, begin: i32, end: i32): void {
  // Of our own, as every worker writes other addresses and sizes into them.
  const copies = scratchEnd() - instructionBytes;
  memory.copy(copies, record.tail, <usize>(record.words << 2) - (record.tail - changetype<usize>(record)));
  const filter = changetype<DepthwiseRecord>(record.expands ? behind(copies) : copies);
  const expand = record.expands ? changetype<ProductRecord>(copies) : null;
  const project = changetype<ProductRecord>(behind(changetype<usize>(filter)));
  const height = rowsAt(filter.tail).output;
  const parts = (height + record.unitRows - 1) / record.unitRows;
  for (let unit = begin; unit < end; unit++) {
    const first = (unit % parts) * record.unitRows;
    computeRows(record, expand, filter, project, unit / parts, first, min(first + record.unitRows, height));
  }
}

function behind(instruction: usize): usize {
  return instruction + (<usize>changetype<Header>(instruction).words << 2);
}

/** Rows `begin` to `end` of one image. */
function computeRows(
  record: InvertedResidualRecord, expand: ProductRecord | null, filter: DepthwiseRecord, project: ProductRecord,
  image: i32, begin: i32, end: i32,
): void {
  const rows = rowsAt(filter.tail);
  const width = columnsAt(filter.tail).output;
  const expanded = scratch() + kernelBytes;
  const filtered = expanded + record.expandedBytes;
  const source = changetype<ProductRecord>(record.tail);
  const last = changetype<ProductRecord>(record.tail + (changetype<usize>(project) - (scratchEnd() - instructionBytes)));
  firstExpanded = endExpanded = 0;
  for (let row = begin; row < end; row += record.bandRows) {
    const count = min(record.bandRows, end - row);
    const pixels = (image * rows.output + row) * width;
    if (expand) {
      const top = max(row * rows.stride + rows.offset, 0);
      const bottom = min((row + count - 1) * rows.stride + rows.offset + (rows.taps - 1) * rows.dilation + 1, rows.input);
      expandRows(source, expand, filter, expanded, image, top, bottom);
    }
    // As if all of the image were there: kernels add how far a row is from the first one.
    filter.to = filtered - <usize>(pixels * filter.channels << 2);
    depthwise(filter, image * rows.output + row, image * rows.output + row + count);
    const moved = <usize>pixels * last.cRowBytes;
    project.c = last.c + moved;
    project.residual = last.residual + moved;
    multiplyRows(project, filtered, count * width);
  }
}

/** Makes rows `top` to `bottom` of the expanded image be in scratch: those that are there already are moved up. */
function expandRows(
  source: ProductRecord, expand: ProductRecord, filter: DepthwiseRecord, expanded: usize, image: i32, top: i32, bottom: i32,
): void {
  const rows = rowsAt(filter.tail);
  const width = columnsAt(filter.tail).input;
  const rowBytes = <usize>(width * filter.channels) << 2;
  const kept = max(endExpanded - top, 0);
  if (kept > 0) memory.copy(expanded, expanded + <usize>(top - firstExpanded) * rowBytes, <usize>kept * rowBytes);
  const next = top + kept;
  firstExpanded = top;
  endExpanded = max(next, bottom);
  filter.from = expanded - <usize>(image * rows.input + top) * rowBytes;
  if (bottom <= next) return;
  expand.c = expanded + <usize>kept * rowBytes;
  multiplyRows(expand, source.a + <usize>((image * rows.input + next) * width) * expand.aRowBytes, (bottom - next) * width);
}

/** All columns of some rows of a product. */
function multiplyRows(product_: ProductRecord, a: usize, rows: i32): void {
  product_.a = a;
  product_.rows = rows;
  product_.unitColumns = (product_.columns + 7) & ~7;
  product(product_, 0, (rows + product_.unitRows - 1) / product_.unitRows);
}
