import { SelectLargestRecord } from '../generated/records';
import { storeLeft, vectorBytes } from '../lanes';
import { replaces } from '../pooling/larger';
import { Runs, runsOver, Tap } from '../runs';

export function selectLargest(record: SelectLargestRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) select<f32>(record, begin, end);
  else select<f64>(record, begin, end);
}

function select<T>(record: SelectLargestRecord, begin: i32, end: i32): void {
  const runs = runsOver(record.tail, <usize>record.channels * sizeof<T>());
  for (let unit = begin; unit < end; unit++) {
    runs.startRow(unit);
    while (runs.next()) {
      let to = record.to + <usize>runs.pixel * runs.pixelBytes;
      let moved: usize = 0;
      for (let i = runs.pixels; i > 0; i--) {
        selectPixel<T>(record, runs, moved, to);
        moved += runs.sourceStep;
        to += runs.pixelBytes;
      }
    }
  }
}

function selectPixel<T>(record: SelectLargestRecord, runs: Runs, moved: usize, to: usize): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  let from = record.from + moved;
  let values = record.values + moved;
  for (let left = <i32>runs.pixelBytes; left > 0; left -= <i32>vectorBytes) {
    let value = v128.splat<T>(<T>record.empty);
    if (table < tableEnd) {
      const first = changetype<Tap>(table).source;
      let largest = v128.load(from + first);
      value = v128.load(values + first);
      for (let at = table + offsetof<Tap>(); at < tableEnd; at += offsetof<Tap>()) {
        const source = changetype<Tap>(at).source;
        const x = v128.load(from + source);
        const mask = replaces<T>(x, largest);
        largest = v128.bitselect(x, largest, mask);
        value = v128.bitselect(v128.load(values + source), value, mask);
      }
    }
    storeLeft(to, value, left);
    from += vectorBytes;
    values += vectorBytes;
    to += vectorBytes;
  }
}
