import { SumPartsRecord } from '../generated/records';

/** Numbers of one unit. */
const block: i32 = 1024;

/** Adds arrays that stand one after the other, number by number and in order. */
export function sumParts(record: SumPartsRecord, begin: i32, end: i32): void {
  const stride = <usize>record.size << 2;
  const last = min(end * block, record.size);
  let i = begin * block;
  for (; i + 4 <= last; i += 4) {
    let from = record.from + (<usize>i << 2);
    let sum = v128.load(from);
    for (let part = 1; part < record.parts; part++) {
      from += stride;
      sum = f32x4.add(sum, v128.load(from));
    }
    v128.store(record.to + (<usize>i << 2), sum);
  }
  for (; i < last; i++) {
    let from = record.from + (<usize>i << 2);
    let sum = load<f32>(from);
    for (let part = 1; part < record.parts; part++) {
      from += stride;
      sum += load<f32>(from);
    }
    store<f32>(record.to + (<usize>i << 2), sum);
  }
}
