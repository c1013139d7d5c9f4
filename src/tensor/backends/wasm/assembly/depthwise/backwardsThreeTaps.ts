import { mad } from '../arithmetic';
import { DepthwiseRecord } from '../generated/records';
import { vectorBytes } from '../lanes';
import { Runs, Tap } from '../runs';
import { onePixel } from './anyTaps';
import { biasOf, biasStep, storeTwo } from './store';

// Windows of three columns at stride 2, looked through backwards. Counted from the first column of the padding, columns
// come in pairs: column `2k` sees pixel `k` through tap 0 and the pixel before through tap 2, column `2k + 1` sees
// pixel `k` through tap 1. Two pairs at a time load three pixels for six products.

export function backwardsThreeTapRow(record: DepthwiseRecord, runs: Runs): void {
  const columns = runs.columns;
  const output = columns.output;
  const offset = columns.offset;
  const step = runs.pixelBytes;
  const row = <usize>((runs.image * runs.rows.output + runs.row) * output) * step;
  let column = max(offset & 1, -offset);
  pixelsAlone(record, runs, 0, column);
  runs.wholeRow();
  let to = row + <usize>column * step;
  let pixel = (column + offset) >> 1;
  // The table of taps is moved by `offset` columns already.
  let from = <usize>(pixel - offset) * step;
  while (column + 2 <= output && pixel < columns.input) {
    const two = column + 4 <= output && pixel + 1 < columns.input;
    if (pixel > 0) {
      if (two) twoPairs(record, runs, from, to);
      else onePair(record, runs, from, to);
    } else if (two) twoPairsAtStart(record, runs, from, to);
    else onePairAtStart(record, runs, from, to);
    const pairs = two ? 2 : 1;
    pixel += pairs;
    column += 2 * pairs;
    from += <usize>pairs * step;
    to += <usize>(2 * pairs) * step;
  }
  pixelsAlone(record, runs, column, output);
}

/** What is no whole pair, or sees the last pixel from behind it. */
function pixelsAlone(record: DepthwiseRecord, runs: Runs, begin: i32, end: i32): void {
  for (let column = begin; column < end; column++) {
    runs.onePixel(column);
    onePixel<f32>(record, runs, 0, <usize>runs.pixel * runs.pixelBytes);
  }
}

function twoPairs(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  backwards(record, runs, from, to, 2, true);
}

function twoPairsAtStart(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  backwards(record, runs, from, to, 2, false);
}

function onePair(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  backwards(record, runs, from, to, 1, true);
}

function onePairAtStart(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  backwards(record, runs, from, to, 1, false);
}

// @ts-ignore: decorator
@inline
/** `pairs` and `before` are constants: how many pairs there are, and whether there is a pixel before the first one. */
function backwards(record: DepthwiseRecord, runs: Runs, from: usize, to: usize, pairs: i32, before: bool): void {
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
      const source = from + changetype<Tap>(at).source;
      const x = v128.load(source);
      sum0 = mad(x, w0, sum0);
      sum1 = mad(x, w1, sum1);
      if (before) sum0 = mad(v128.load(source - pixel), w2, sum0);
      if (pairs > 1) {
        const next = v128.load(source + pixel);
        sum2 = mad(next, w0, sum2);
        sum3 = mad(next, w1, sum3);
        sum2 = mad(x, w2, sum2);
      }
    }
    storeTwo(record, to, pixel, left, sum0, sum1);
    if (pairs > 1) storeTwo(record, to + 2 * pixel, pixel, left, sum2, sum3);
    from += vectorBytes;
    to += vectorBytes;
    filter += filterStep;
    bias += biasStep(record);
  }
}
