import { float32, float64, int32 } from '../dtypes';
import { ScatterAddRecord } from '../generated/records';
import { scratch } from '../scratch';

export function scatterAdd(record: ScatterAddRecord, begin: i32, end: i32): void {
  const dtype = record.dtype;
  for (let unit = begin; unit < end; unit++) {
    if (dtype == float32) addUpBlock<f32, f64>(record, unit);
    else if (dtype == float64) addUpBlock<f64, f64>(record, unit);
    else if (dtype == int32) addUpBlock<i32, i32>(record, unit);
    else addUpBlock<u8, i32>(record, unit);
  }
}

/** Adds up one block of the result, looking at every index. `A` is the type of the totals. */
function addUpBlock<T, A>(record: ScatterAddRecord, unit: i32): void {
  const size = record.size;
  const count = record.count;
  const inner = record.inner;
  const across = (inner + record.columns - 1) / record.columns;
  const down = (size + record.rows - 1) / record.rows;
  const outer = unit / across / down;
  const firstRow = (unit / across % down) * record.rows;
  const firstColumn = (unit % across) * record.columns;
  const rows = min(record.rows, size - firstRow);
  const columns = min(record.columns, inner - firstColumn);
  const totals = scratch();
  memory.fill(totals, 0, <usize>(rows * columns) * sizeof<A>());
  for (let k = 0; k < count; k++) {
    const row = load<i32>(record.indices + (<usize>k << 2)) - firstRow;
    // As unsigned numbers those below the block are large too.
    if (<u32>row >= <u32>rows) continue;
    const from = record.from + <usize>((outer * count + k) * inner + firstColumn) * sizeof<T>();
    const total = totals + <usize>(row * columns) * sizeof<A>();
    for (let c: usize = 0; c < <usize>columns; c++) {
      store<A>(total + c * sizeof<A>(), load<A>(total + c * sizeof<A>()) + <A>load<T>(from + c * sizeof<T>()));
    }
  }
  for (let row = 0; row < rows; row++) {
    const to = record.to + <usize>((outer * size + firstRow + row) * inner + firstColumn) * sizeof<T>();
    const total = totals + <usize>(row * columns) * sizeof<A>();
    for (let c: usize = 0; c < <usize>columns; c++) {
      store<T>(to + c * sizeof<T>(), <T>load<A>(total + c * sizeof<A>()));
    }
  }
}
