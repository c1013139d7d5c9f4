import { TransposePlanesRecord } from '../generated/records';
import { transposeBlock, transposeBlock32 } from '../layout/transposeBlock';
import { fromOffset, toOffset } from '../layout/walk';

/** Rows and columns of a block; `lowering/layout.ts` counts them too. */
const block: i32 = 64;

export function transposePlanes(record: TransposePlanesRecord, begin: i32, end: i32): void {
  const bytes = <usize>record.elementBytes;
  const across = (record.columns + block - 1) / block;
  const blocks = across * ((record.rows + block - 1) / block);
  for (let unit = begin; unit < end; unit++) {
    const plane = unit / blocks;
    const row = ((unit % blocks) / across) * block;
    const column = ((unit % blocks) % across) * block;
    const to = toOffset(record.tail, record.rank, plane) + row * record.toStep + column;
    const from = fromOffset(record.tail, record.rank, plane) + column * record.fromStep + row;
    const rows = min(block, record.rows - row);
    const columns = min(block, record.columns - column);
    const target = record.to + <usize>to * bytes;
    const source = record.from + <usize>from * bytes;
    const toStride = <usize>record.toStep * bytes;
    const fromStride = <usize>record.fromStep * bytes;
    if (bytes == 4) transposeBlock32(target, source, rows, columns, toStride, fromStride);
    else if (bytes == 1) transposeBlock<u8>(target, source, rows, columns, toStride, fromStride);
    else transposeBlock<u64>(target, source, rows, columns, toStride, fromStride);
  }
}
