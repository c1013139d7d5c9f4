import { float32, float64 } from '../dtypes';
import { GatherRecord } from '../generated/records';
import { copyBytes } from '../layout/copyRun';

export function gather(record: GatherRecord, begin: i32, end: i32): void {
  const rowBytes = <usize>record.rowBytes;
  for (let unit = begin; unit < end; unit++) {
    const to = record.to + <usize>unit * rowBytes;
    const index = load<i32>(record.indices + (<usize>(unit % record.count) << 2));
    if (index >= 0 && index < record.size) {
      copyBytes(to, record.from + <usize>(unit / record.count * record.size + index) * rowBytes, rowBytes);
    } else fillMissing(to, rowBytes, record.dtype);
  }
}

/** What stands where there is nothing to gather: NaN, or 0 among integers. */
function fillMissing(to: usize, bytes: usize, dtype: i32): void {
  if (dtype == float32) for (const end = to + bytes; to < end; to += 4) store<f32>(to, NaN);
  else if (dtype == float64) for (const end = to + bytes; to < end; to += 8) store<f64>(to, NaN);
  else memory.fill(to, 0, bytes);
}
