import { SumWindowsRecord } from '../generated/records';
import { storeLeft, vectorBytes } from '../lanes';
import { Runs, runsOver, Tap } from '../runs';

export function sumWindows(record: SumWindowsRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) sum<f32>(record, begin, end);
  else sum<f64>(record, begin, end);
}

function sum<T>(record: SumWindowsRecord, begin: i32, end: i32): void {
  const runs = runsOver(record.tail, <usize>record.channels * sizeof<T>());
  const step = <usize>runs.columns.divisor * runs.pixelBytes;
  for (let unit = begin; unit < end; unit++) {
    runs.startRow(unit);
    while (runs.next()) {
      const divisor: T = record.divides ? <T>runs.taps : 1;
      let to = record.to + <usize>runs.pixel * runs.pixelBytes;
      let from = record.from;
      for (let i = runs.pixels; i > 0; i--) {
        sumPixel<T>(runs, from, to, divisor);
        from += runs.sourceStep;
        to += step;
      }
    }
  }
}

/** Row by row of the window: short sums lose fewer digits than a long one. */
function sumPixel<T>(runs: Runs, from: usize, to: usize, divisor: T): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const rowBytes = <usize>runs.columnTaps * offsetof<Tap>();
  for (let left = <i32>runs.pixelBytes; left > 0; left -= <i32>vectorBytes) {
    let total = v128.splat<T>(0);
    let at = table;
    while (at < tableEnd) {
      let rowTotal = v128.load(from + changetype<Tap>(at).source);
      const rowEnd = at + rowBytes;
      for (at += offsetof<Tap>(); at < rowEnd; at += offsetof<Tap>()) {
        rowTotal = v128.add<T>(rowTotal, v128.load(from + changetype<Tap>(at).source));
      }
      total = v128.add<T>(total, rowTotal);
    }
    storeLeft(to, v128.div<T>(total, v128.splat<T>(divisor)), left);
    from += vectorBytes;
    to += vectorBytes;
  }
}
