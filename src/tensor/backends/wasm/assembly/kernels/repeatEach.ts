import { RepeatEachRecord } from '../generated/records';

/** Numbers of one unit. */
const block: i32 = 4096;

export function repeatEach(record: RepeatEachRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) repeat<f32>(record, begin, end);
  else repeat<f64>(record, begin, end);
}

function repeat<T>(record: RepeatEachRecord, begin: i32, end: i32): void {
  const times = record.times;
  const last = min(end * block, record.count);
  let to = record.to + <usize>(begin * block * times) * sizeof<T>();
  for (let i = begin * block; i < last; i++) {
    const x = load<T>(record.from + <usize>i * sizeof<T>());
    for (let j = 0; j < times; j++) {
      store<T>(to, x);
      to += sizeof<T>();
    }
  }
}
