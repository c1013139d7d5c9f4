import { FillRecord } from '../generated/records';

/** Bytes of one unit. */
const block: usize = 65536;

export function fill(record: FillRecord, begin: i32, end: i32): void {
  // Both words at once.
  const pattern = load<u64>(changetype<usize>(record) + offsetof<FillRecord>('low'));
  let to = record.to + <usize>begin * block;
  const last = record.to + min(<usize>end * block, <usize>record.bytes);
  for (; to + 16 <= last; to += 16) v128.store(to, i64x2.splat(pattern));
  for (let rest = pattern; to < last; to++) {
    store<u8>(to, <u8>rest);
    rest = rotr(rest, 8);
  }
}
