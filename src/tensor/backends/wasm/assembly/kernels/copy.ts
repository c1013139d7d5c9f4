import { CopyRecord } from '../generated/records';

/** Bytes of one unit. */
const block: u32 = 65536;

export function copy(record: CopyRecord, begin: i32, end: i32): void {
  const from = <u32>begin * block;
  const to = min(<u32>end * block, <u32>record.bytes);
  memory.copy(record.to + from, record.from + from, to - from);
}
