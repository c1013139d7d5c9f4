import { float32, float64, int32 } from '../dtypes';
import { OneHotRecord } from '../generated/records';

export function oneHot(record: OneHotRecord, begin: i32, end: i32): void {
  const dtype = record.dtype;
  if (dtype == float32) oneHotRows<f32>(record, begin, end);
  else if (dtype == float64) oneHotRows<f64>(record, begin, end);
  else if (dtype == int32) oneHotRows<i32>(record, begin, end);
  else oneHotRows<u8>(record, begin, end);
}

function oneHotRows<T>(record: OneHotRecord, begin: i32, end: i32): void {
  const rowBytes = <usize>record.depth * sizeof<T>();
  memory.fill(record.to + <usize>begin * rowBytes, 0, <usize>(end - begin) * rowBytes);
  for (let unit = begin; unit < end; unit++) {
    const index = load<i32>(record.indices + (<usize>unit << 2));
    if (index < 0 || index >= record.depth) continue;
    store<T>(record.to + <usize>unit * rowBytes + <usize>index * sizeof<T>(), <T>1);
  }
}
