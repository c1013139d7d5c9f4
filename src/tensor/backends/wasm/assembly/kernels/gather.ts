import { float32, float64 } from '../dtypes';
import { GatherRecord } from '../generated/records';
import { copyBytes } from '../layout/copyRun';

export function gather(record: GatherRecord, begin: i32, end: i32): void {
  const rowBytes = <usize>record.rowBytes;
  const count = record.count;
  const blockBytes = <usize>record.size * rowBytes;
  // Rows may be as short as a pixel: what a division costs would be most of it.
  let block = record.from + <usize>(begin / count) * blockBytes;
  let place = begin % count;
  let to = record.to + <usize>begin * rowBytes;
  for (let unit = begin; unit < end; unit++) {
    const index = load<i32>(record.indices + (<usize>place << 2));
    if (index >= 0 && index < record.size) copyRow(to, block + <usize>index * rowBytes, rowBytes);
    else fillMissing(to, rowBytes, record.dtype);
    to += rowBytes;
    if (++place == count) {
      place = 0;
      block += blockBytes;
    }
  }
}

/** Copies a row; pixels of one and of three 4-byte channels without a loop. */
// @ts-ignore: decorator
@inline
function copyRow(to: usize, from: usize, bytes: usize): void {
  if (bytes == 12) {
    store<u64>(to, load<u64>(from));
    store<u32>(to, load<u32>(from, 8), 8);
  } else if (bytes == 4) store<u32>(to, load<u32>(from));
  else copyBytes(to, from, bytes);
}

/** What stands where there is nothing to gather: NaN, or 0 among integers. */
function fillMissing(to: usize, bytes: usize, dtype: i32): void {
  if (dtype == float32) for (const end = to + bytes; to < end; to += 4) store<f32>(to, NaN);
  else if (dtype == float64) for (const end = to + bytes; to < end; to += 8) store<f64>(to, NaN);
  else memory.fill(to, 0, bytes);
}
