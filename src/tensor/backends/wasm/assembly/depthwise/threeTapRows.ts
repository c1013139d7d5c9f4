import { DepthwiseRecord } from '../generated/records';
import { Runs } from '../runs';
import { stride1, stride2 } from './threeTaps';

// A row of windows of three columns, from left to right: four pixels at a time at stride 1, two at stride 2, and those
// left over. Each case is a small function of its own, which compilers turn into much better code than one large one.

/** Whether at most one column is missing at either end, and the row is longer than one step. */
export function hasThreeTapRows(runs: Runs): bool {
  const columns = runs.columns;
  const after = missingAfter(runs);
  const before = -columns.offset;
  return (before == 0 || before == 1) && after <= 1 && columns.output >= (columns.stride == 1 ? 4 : 2);
}

/** Columns that the last pixel of a row sees behind the image. */
function missingAfter(runs: Runs): i32 {
  const columns = runs.columns;
  return (columns.output - 1) * columns.stride + columns.offset + columns.taps - columns.input;
}

export function threeTapRowStride1(record: DepthwiseRecord, runs: Runs): void {
  const output = runs.columns.output;
  const endsInside = missingAfter(runs) <= 0;
  const step = runs.pixelBytes;
  let to = <usize>runs.pixel * step;
  let from: usize = 0;
  let column = 0;
  for (; column + 4 <= output; column += 4) {
    const first = column > 0 || runs.columns.offset == 0;
    const last = column + 4 < output || endsInside;
    if (first) {
      if (last) fourStride1(record, runs, from, to);
      else fourAtEndStride1(record, runs, from, to);
    } else if (last) fourAtStartStride1(record, runs, from, to);
    else fourAcrossStride1(record, runs, from, to);
    from += 4 * step;
    to += 4 * step;
  }
  switch (output - column) {
    case 3: return endsInside ? threeStride1(record, runs, from, to) : threeAtEndStride1(record, runs, from, to);
    case 2: return endsInside ? twoStride1(record, runs, from, to) : twoAtEndStride1(record, runs, from, to);
    case 1: return endsInside ? oneStride1(record, runs, from, to) : oneAtEndStride1(record, runs, from, to);
    default:
  }
}

function fourStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 4, true, true);
}

function fourAtEndStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 4, true, false);
}

function fourAtStartStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 4, false, true);
}

function fourAcrossStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 4, false, false);
}

function threeStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 3, true, true);
}

function threeAtEndStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 3, true, false);
}

function twoStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 2, true, true);
}

function twoAtEndStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 2, true, false);
}

function oneStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 1, true, true);
}

function oneAtEndStride1(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride1(record, runs, from, to, 1, true, false);
}

export function threeTapRowStride2(record: DepthwiseRecord, runs: Runs): void {
  const output = runs.columns.output;
  const endsInside = missingAfter(runs) <= 0;
  const step = runs.pixelBytes;
  let to = <usize>runs.pixel * step;
  let from: usize = 0;
  let column = 0;
  for (; column + 2 <= output; column += 2) {
    const first = column > 0 || runs.columns.offset == 0;
    const last = column + 2 < output || endsInside;
    if (first) {
      if (last) twoStride2(record, runs, from, to);
      else twoAtEndStride2(record, runs, from, to);
    } else if (last) twoAtStartStride2(record, runs, from, to);
    else twoAcrossStride2(record, runs, from, to);
    from += 4 * step;
    to += 2 * step;
  }
  if (column == output) return;
  if (endsInside) oneStride2(record, runs, from, to);
  else oneAtEndStride2(record, runs, from, to);
}

function twoStride2(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride2(record, runs, from, to, 2, true, true);
}

function twoAtEndStride2(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride2(record, runs, from, to, 2, true, false);
}

function twoAtStartStride2(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride2(record, runs, from, to, 2, false, true);
}

function twoAcrossStride2(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride2(record, runs, from, to, 2, false, false);
}

function oneStride2(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride2(record, runs, from, to, 1, true, true);
}

function oneAtEndStride2(record: DepthwiseRecord, runs: Runs, from: usize, to: usize): void {
  stride2(record, runs, from, to, 1, true, false);
}
