import { float32, float64, int32 } from '../dtypes';
import { ArgMaxRecord } from '../generated/records';

export function argMax(record: ArgMaxRecord, begin: i32, end: i32): void {
  const dtype = record.dtype;
  if (dtype == float32) argMaxOf<f32>(record, begin, end);
  else if (dtype == float64) argMaxOf<f64>(record, begin, end);
  else if (dtype == int32) argMaxOf<i32>(record, begin, end);
  else argMaxOf<u8>(record, begin, end);
}

function argMaxOf<T>(record: ArgMaxRecord, begin: i32, end: i32): void {
  const inner = record.inner;
  const count = record.count;
  for (let unit = begin; unit < end; unit++) {
    const first = record.from + <usize>((unit / inner) * count * inner + (unit % inner)) * sizeof<T>();
    store<i32>(record.to + (<usize>unit << 2), firstLargest<T>(first, count, <usize>inner * sizeof<T>()));
  }
}

/** The position of the first largest of `count` numbers, `stride` bytes apart; NaN counts as larger than any number. */
function firstLargest<T>(from: usize, count: i32, stride: usize): i32 {
  let best = load<T>(from);
  let position = 0;
  for (let k = 1; k < count && best == best; k++) {
    from += stride;
    const x = load<T>(from);
    if (x > best || x != x) {
      best = x;
      position = k;
    }
  }
  return position;
}
