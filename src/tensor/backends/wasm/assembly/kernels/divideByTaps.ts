import { DivideByTapsRecord } from '../generated/records';
import { storeLeft, vectorBytes } from '../lanes';
import { runsOver } from '../runs';

export function divideByTaps(record: DivideByTapsRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) divide<f32>(record, begin, end);
  else divide<f64>(record, begin, end);
}

function divide<T>(record: DivideByTapsRecord, begin: i32, end: i32): void {
  const runs = runsOver(record.tail, <usize>record.channels * sizeof<T>());
  for (let unit = begin; unit < end; unit++) {
    runs.startRow(unit);
    while (runs.next()) {
      const divisor = v128.splat<T>(<T>runs.taps);
      const at = <usize>runs.pixel * runs.pixelBytes;
      let left = <i32>(<usize>runs.pixels * runs.pixelBytes);
      for (let i: usize = at; left > 0; i += vectorBytes) {
        storeLeft(record.to + i, v128.div<T>(v128.load(record.from + i), divisor), left);
        left -= <i32>vectorBytes;
      }
    }
  }
}
