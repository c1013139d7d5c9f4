import { DepthwiseRecord } from '../generated/records';
import { multiplyAdd, vectorBytes } from '../lanes';
import { Runs, Tap } from '../runs';
import { biasOf, biasStep, storeOne, storeTwo } from './store';

/** One pixel. `from` and `to`: bytes from the first pixel of the run, and from the start of the output. */
export function onePixel<T>(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const filterStep = runs.windowBytes;
  let filter = record.filter;
  let bias = biasOf(record);
  from += record.from;
  for (let left = <i32>runs.pixelBytes; left > 0; left -= <i32>vectorBytes) {
    let sum = v128.load(bias);
    for (let at = table; at < tableEnd; at += offsetof<Tap>()) {
      const tap = changetype<Tap>(at);
      sum = multiplyAdd<T>(v128.load(from + tap.source), v128.load(filter + tap.position), sum);
    }
    storeOne(record, to, left, sum);
    from += vectorBytes;
    to += vectorBytes;
    filter += filterStep;
    bias += biasStep(record);
  }
}

/** Four pixels of a run, whatever they see; in the output they are `step` bytes apart. */
export function fourPixels<T>(record: DepthwiseRecord, runs: Runs, from: usize, to: usize, step: usize): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  const filterStep = runs.windowBytes;
  const sourceStep = runs.sourceStep;
  let filter = record.filter;
  let bias = biasOf(record);
  from += record.from;
  for (let left = <i32>runs.pixelBytes; left > 0; left -= <i32>vectorBytes) {
    let sum0 = v128.load(bias);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let at = table; at < tableEnd; at += offsetof<Tap>()) {
      const tap = changetype<Tap>(at);
      const w = v128.load(filter + tap.position);
      let source = from + tap.source;
      sum0 = multiplyAdd<T>(v128.load(source), w, sum0);
      source += sourceStep;
      sum1 = multiplyAdd<T>(v128.load(source), w, sum1);
      source += sourceStep;
      sum2 = multiplyAdd<T>(v128.load(source), w, sum2);
      source += sourceStep;
      sum3 = multiplyAdd<T>(v128.load(source), w, sum3);
    }
    storeTwo(record, to, step, left, sum0, sum1);
    storeTwo(record, to + 2 * step, step, left, sum2, sum3);
    from += vectorBytes;
    to += vectorBytes;
    filter += filterStep;
    bias += biasStep(record);
  }
}
