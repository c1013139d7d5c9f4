import { PackTransposedRecord } from '../generated/records';
import { blockLength } from '../product/multiply';
import { transposeQuad } from '../product/transposeQuad';

/**
 * The layout of `packPanels` for an operand whose columns are stored as rows, for each tap of a window: `channels`
 * numbers that follow each other, a tap after the other down the depth. One unit is one panel.
 */
export function packTransposed(record: PackTransposedRecord, begin: i32, end: i32): void {
  const panels = (record.columns + 7) >> 3;
  const depth = record.depth;
  for (let unit = begin; unit < end; unit++) {
    const matrix = unit / panels;
    const panel = unit % panels;
    const from = record.from + <usize>matrix * record.fromMatrixBytes + <usize>(panel << 3) * record.columnBytes;
    const to = record.to + <usize>matrix * record.toMatrixBytes;
    const columns = min(record.columns - (panel << 3), 8);
    for (let k = 0; k < depth; ) {
      const length = blockLength(k, depth, record.period, record.block);
      packBlock(record, from, to + (<usize>(k * panels + panel * length) << 5), columns, k, length);
      k += length;
    }
  }
}

/** One block of a panel: a number of whole taps, or a part of one. */
function packBlock(record: PackTransposedRecord, from: usize, to: usize, columns: i32, at: i32, length: i32): void {
  const channels = record.channels;
  for (let done = 0; done < length; ) {
    const tap = (at + done) / channels;
    const channel = (at + done) % channels;
    const count = min(channels - channel, length - done);
    const offset = tap / record.tapsX * record.tapRowBytes + tap % record.tapsX * record.tapColumnBytes + (channel << 2);
    const source = from + offset;
    packColumns(source, record.columnBytes, to + (<usize>done << 5), columns, count);
    done += count;
  }
}

/** `count` numbers of each of 8 columns; the last column stands in for those that are missing. */
function packColumns(from: usize, columnBytes: usize, to: usize, columns: i32, count: i32): void {
  const from1 = from + (columns > 1 ? columnBytes : 0);
  const from2 = from1 + (columns > 2 ? columnBytes : 0);
  const from3 = from2 + (columns > 3 ? columnBytes : 0);
  const from4 = from3 + (columns > 4 ? columnBytes : 0);
  const from5 = from4 + (columns > 5 ? columnBytes : 0);
  const from6 = from5 + (columns > 6 ? columnBytes : 0);
  const from7 = from6 + (columns > 7 ? columnBytes : 0);
  let i: usize = 0;
  for (; i < <usize>(count & ~3) << 2; i += 16) {
    transposeQuad(from + i, from1 + i, from2 + i, from3 + i, to, 32);
    transposeQuad(from4 + i, from5 + i, from6 + i, from7 + i, to + 16, 32);
    to += 128;
  }
  for (; i < <usize>count << 2; i += 4) {
    store<f32>(to, load<f32>(from + i));
    store<f32>(to, load<f32>(from1 + i), 4);
    store<f32>(to, load<f32>(from2 + i), 8);
    store<f32>(to, load<f32>(from3 + i), 12);
    store<f32>(to, load<f32>(from4 + i), 16);
    store<f32>(to, load<f32>(from5 + i), 20);
    store<f32>(to, load<f32>(from6 + i), 24);
    store<f32>(to, load<f32>(from7 + i), 28);
    to += 32;
  }
}
