import { mad } from '../arithmetic';
import { DepthwiseRecord } from '../generated/records';
import { vectorBytes } from '../lanes';
import { Runs, Tap } from '../runs';
import { biasOf, biasStep, storeTwo } from './store';

/** Four pixels, each of which sees three columns one further than those of the pixel before: six columns in all. */
export function threeTapsStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
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
    for (let at = table; at < tableEnd; at += 3 * offsetof<Tap>()) {
      const w = filter + changetype<Tap>(at).position;
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      const w2 = v128.load(w, 32);
      let source = from + changetype<Tap>(at).source;
      let x = v128.load(source);
      sum0 = mad(x, w0, sum0);
      x = v128.load((source += pixel));
      sum0 = mad(x, w1, sum0);
      sum1 = mad(x, w0, sum1);
      x = v128.load((source += pixel));
      sum0 = mad(x, w2, sum0);
      sum1 = mad(x, w1, sum1);
      sum2 = mad(x, w0, sum2);
      x = v128.load((source += pixel));
      sum1 = mad(x, w2, sum1);
      sum2 = mad(x, w1, sum2);
      sum3 = mad(x, w0, sum3);
      x = v128.load((source += pixel));
      sum2 = mad(x, w2, sum2);
      sum3 = mad(x, w1, sum3);
      sum3 = mad(v128.load(source + pixel), w2, sum3);
    }
    storeTwo(record, to, pixel, left, sum0, sum1);
    storeTwo(record, to + 2 * pixel, pixel, left, sum2, sum3);
    from += vectorBytes;
    to += vectorBytes;
    filter += filterStep;
    bias += biasStep(record);
  }
}

/** Two pixels, each of which sees three columns two further than those of the pixel before: five columns in all. */
export function threeTapsStride2(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
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
    for (let at = table; at < tableEnd; at += 3 * offsetof<Tap>()) {
      const w = filter + changetype<Tap>(at).position;
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      const w2 = v128.load(w, 32);
      let source = from + changetype<Tap>(at).source;
      sum0 = mad(v128.load(source), w0, sum0);
      sum0 = mad(v128.load((source += pixel)), w1, sum0);
      const x = v128.load((source += pixel));
      sum0 = mad(x, w2, sum0);
      sum1 = mad(x, w0, sum1);
      sum1 = mad(v128.load((source += pixel)), w1, sum1);
      sum1 = mad(v128.load(source + pixel), w2, sum1);
    }
    storeTwo(record, to, pixel, left, sum0, sum1);
    from += vectorBytes;
    to += vectorBytes;
    filter += filterStep;
    bias += biasStep(record);
  }
}
