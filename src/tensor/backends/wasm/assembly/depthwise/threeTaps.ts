import { mad } from '../arithmetic';
import { DepthwiseRecord } from '../generated/records';
import { vectorBytes } from '../lanes';
import { Runs, Tap } from '../runs';
import { biasOf, biasStep, storeOne, storeTwo } from './store';

// Windows of three columns. What neighbouring pixels see is loaded once for all of them. `pixels`, `first` and `last`
// are constants wherever these functions are inlined: how many pixels there are, and whether the first column that they
// see and the last one are inside the image. The table of taps has one entry for each row, its first column.

// @ts-ignore: decorator
@inline
export function stride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize, pixels: i32, first: bool, last: bool): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const filterStep = runs.windowBytes;
  const pixel = runs.pixelBytes;
  let filter = record.filter;
  let bias = biasOf(record);
  from += record.from;
  for (let left = <i32>pixel; left > 0; left -= <i32>vectorBytes) {
    let sum0 = v128.load(bias);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let at = table; at < tableEnd; at += offsetof<Tap>()) {
      const w = filter + changetype<Tap>(at).position;
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      const w2 = v128.load(w, 32);
      let source = from + changetype<Tap>(at).source;
      if (first) sum0 = mad(v128.load(source), w0, sum0);
      let x = v128.load((source += pixel));
      sum0 = mad(x, w1, sum0);
      if (pixels > 1) sum1 = mad(x, w0, sum1);
      if (pixels > 1 || last) {
        x = v128.load((source += pixel));
        sum0 = mad(x, w2, sum0);
      }
      if (pixels > 1) sum1 = mad(x, w1, sum1);
      if (pixels > 2) sum2 = mad(x, w0, sum2);
      if (pixels > 2 || (pixels == 2 && last)) {
        x = v128.load((source += pixel));
        sum1 = mad(x, w2, sum1);
      }
      if (pixels > 2) sum2 = mad(x, w1, sum2);
      if (pixels > 3) sum3 = mad(x, w0, sum3);
      if (pixels > 3 || (pixels == 3 && last)) {
        x = v128.load((source += pixel));
        sum2 = mad(x, w2, sum2);
      }
      if (pixels > 3) sum3 = mad(x, w1, sum3);
      if (pixels > 3 && last) sum3 = mad(v128.load(source + pixel), w2, sum3);
    }
    if (pixels == 1) storeOne(record, to, left, sum0);
    if (pixels > 1) storeTwo(record, to, pixel, left, sum0, sum1);
    if (pixels == 3) storeOne(record, to + 2 * pixel, left, sum2);
    if (pixels > 3) storeTwo(record, to + 2 * pixel, pixel, left, sum2, sum3);
    from += vectorBytes;
    to += vectorBytes;
    filter += filterStep;
    bias += biasStep(record);
  }
}

// @ts-ignore: decorator
@inline
export function stride2(record: DepthwiseRecord, runs: Runs, from: usize, to: usize, pixels: i32, first: bool, last: bool): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const filterStep = runs.windowBytes;
  const pixel = runs.pixelBytes;
  let filter = record.filter;
  let bias = biasOf(record);
  from += record.from;
  for (let left = <i32>pixel; left > 0; left -= <i32>vectorBytes) {
    let sum0 = v128.load(bias);
    let sum1 = sum0;
    for (let at = table; at < tableEnd; at += offsetof<Tap>()) {
      const w = filter + changetype<Tap>(at).position;
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      const w2 = v128.load(w, 32);
      let source = from + changetype<Tap>(at).source;
      if (first) sum0 = mad(v128.load(source), w0, sum0);
      sum0 = mad(v128.load((source += pixel)), w1, sum0);
      let x = w0;
      if (pixels > 1 || last) {
        x = v128.load((source += pixel));
        sum0 = mad(x, w2, sum0);
      }
      if (pixels > 1) {
        sum1 = mad(x, w0, sum1);
        sum1 = mad(v128.load((source += pixel)), w1, sum1);
      }
      if (pixels > 1 && last) sum1 = mad(v128.load(source + pixel), w2, sum1);
    }
    if (pixels == 1) storeOne(record, to, left, sum0);
    else storeTwo(record, to, pixel, left, sum0, sum1);
    from += vectorBytes;
    to += vectorBytes;
    filter += filterStep;
    bias += biasStep(record);
  }
}
