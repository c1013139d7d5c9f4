import { addsResidual, clips, masks } from '../epilogue';
import { SumEachRecord } from '../generated/records';

/** Results of one unit. */
const block: i32 = 4096;

export function sumEach(record: SumEachRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) sum<f32>(record, begin, end);
  else sum<f64>(record, begin, end);
}

function sum<T>(record: SumEachRecord, begin: i32, end: i32): void {
  const times = record.times;
  const last = min(end * block, record.count);
  let from = record.from + <usize>(begin * block * times) * sizeof<T>();
  for (let i = begin * block; i < last; i++) {
    let total: T = 0;
    for (let j = 0; j < times; j++) {
      total += load<T>(from);
      from += sizeof<T>();
    }
    store<T>(record.to + <usize>i * sizeof<T>(), finished<T>(record, i, total));
  }
}

/** The epilogue for the number at `index`; see `finish` in `epilogue.ts`. */
function finished<T>(record: SumEachRecord, index: i32, x: T): T {
  const at = <usize>index * sizeof<T>();
  const maximum = <T>record.maximum;
  if (record.bias) x += load<T>(record.bias + <usize>(index % record.channels) * sizeof<T>());
  if (record.flags & addsResidual) x += load<T>(record.residual + at);
  if (record.flags & clips) x = x < 0 ? 0 : x > maximum ? maximum : x;
  if (record.flags & masks) {
    const y = load<T>(record.mask + at);
    if (!(y > 0 && y < maximum)) x = 0;
  }
  return x;
}
