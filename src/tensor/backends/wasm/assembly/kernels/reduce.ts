import { float32, float64, int32 } from '../dtypes';
import { ReduceRecord } from '../generated/records';
import { largestOfColumns, largestOfRow, smallestOfColumns, smallestOfRow } from '../reduction/extremumFloat32';
import { foldColumns, foldRow } from '../reduction/fold';
import { adds, takesLargest } from '../reduction/operations';
import { sumColumns, sumRow } from '../reduction/sumFloat32';

export function reduce(record: ReduceRecord, begin: i32, end: i32): void {
  const dtype = record.dtype;
  const inner = record.inner;
  const blocks = (inner + record.block - 1) / record.block;
  const shift: usize = dtype == float64 ? 3 : dtype == float32 || dtype == int32 ? 2 : 0;
  for (let unit = begin; unit < end; unit++) {
    const result = unit / blocks;
    const column = (unit % blocks) * record.block;
    const row = (result % record.parts) * record.part;
    const to = record.to + (<usize>(result * inner + column) << shift);
    const from = record.from + (<usize>((result / record.parts * record.count + row) * inner + column) << shift);
    const rows = min(record.part, record.count - row);
    const columns = min(record.block, inner - column);
    reducePart(record.operation, dtype, to, from, rows, columns, inner);
  }
}

function reducePart(operation: i32, dtype: i32, to: usize, from: usize, rows: i32, columns: i32, inner: i32): void {
  if (dtype == float32) {
    if (inner == 1) reduceRowFloat32(operation, to, from, rows);
    else reduceColumnsFloat32(operation, to, from, rows, columns, inner);
  } else if (dtype == float64) reduceAny<f64, f64>(operation, to, from, rows, columns, inner);
  else if (dtype == int32) reduceAny<i32, i32>(operation, to, from, rows, columns, inner);
  else reduceAny<u8, i32>(operation, to, from, rows, columns, inner);
}

function reduceRowFloat32(operation: i32, to: usize, from: usize, count: i32): void {
  if (operation == adds) sumRow(to, from, count);
  else if (operation == takesLargest) largestOfRow(to, from, count);
  else smallestOfRow(to, from, count);
}

function reduceColumnsFloat32(operation: i32, to: usize, from: usize, rows: i32, columns: i32, inner: i32): void {
  if (operation == adds) sumColumns(to, from, rows, columns, inner);
  else if (operation == takesLargest) largestOfColumns(to, from, rows, columns, inner);
  else smallestOfColumns(to, from, rows, columns, inner);
}

function reduceAny<T, A>(operation: i32, to: usize, from: usize, rows: i32, columns: i32, inner: i32): void {
  if (inner == 1) foldRow<T, A>(operation, to, from, rows);
  else foldColumns<T, A>(operation, to, from, rows, columns, inner);
}
