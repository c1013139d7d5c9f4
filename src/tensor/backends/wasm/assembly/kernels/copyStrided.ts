import { CopyStridedRecord } from '../generated/records';
import { copyRun } from '../layout/copyRun';
import { fromOffset, toOffset } from '../layout/walk';

export function copyStrided(record: CopyStridedRecord, begin: i32, end: i32): void {
  const bytes = <usize>record.elementBytes;
  const blocks = (record.length + record.block - 1) / record.block;
  for (let unit = begin; unit < end; unit++) {
    const run = unit / blocks;
    const first = (unit % blocks) * record.block;
    const to = toOffset(record.tail, record.rank, run) + first * record.toStep;
    const from = fromOffset(record.tail, record.rank, run) + first * record.fromStep;
    const length = min(record.block, record.length - first);
    copyRun(record.to + <usize>to * bytes, record.from + <usize>from * bytes, length, bytes, record.toStep, record.fromStep);
  }
}
