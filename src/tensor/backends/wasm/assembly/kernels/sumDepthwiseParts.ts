import { SumDepthwisePartsRecord } from '../generated/records';
import { storeLeft, vectorBytes } from '../lanes';

export function sumDepthwiseParts(record: SumDepthwisePartsRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) sum<f32>(record, begin, end);
  else sum<f64>(record, begin, end);
}

function sum<T>(record: SumDepthwisePartsRecord, begin: i32, end: i32): void {
  const taps = record.taps;
  const rowBytes = <usize>record.channels * sizeof<T>();
  const blocks = (rowBytes + vectorBytes - 1) / vectorBytes;
  const partBytes = blocks * <usize>taps * vectorBytes;
  for (let block = begin; block < end; block++) {
    const at = <usize>block * vectorBytes;
    const left = <i32>(rowBytes - at);
    let from = record.from + <usize>(block * taps) * vectorBytes;
    for (let tap = 0; tap < taps; tap++) {
      let total = v128.load(from);
      for (let part = 1; part < record.parts; part++) {
        total = v128.add<T>(total, v128.load(from + <usize>part * partBytes));
      }
      storeLeft(record.to + <usize>tap * rowBytes + at, total, left);
      from += vectorBytes;
    }
  }
}
