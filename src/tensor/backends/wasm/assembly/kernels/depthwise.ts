import { fourPixels, onePixel } from '../depthwise/anyTaps';
import { backwardsThreeTapRow } from '../depthwise/backwardsThreeTaps';
import { threeBackwardsByStride2, threeByStride1, threeByStride2 } from '../depthwise/kernels';
import { hasThreeTapRows, threeTapRowStride1, threeTapRowStride2 } from '../depthwise/threeTapRows';
import { masks } from '../epilogue';
import { DepthwiseRecord } from '../generated/records';
import { Runs, runsOver, touchBytes } from '../runs';

export function depthwise(record: DepthwiseRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) convolve<f32>(record, begin, end);
  else convolve<f64>(record, begin, end);
}

function convolve<T>(record: DepthwiseRecord, begin: i32, end: i32): void {
  const runs = runsOver(record.tail, <usize>record.channels * sizeof<T>());
  const kernel = sizeof<T>() == 4 && (record.kernel == threeBackwardsByStride2 || hasThreeTapRows(runs)) ? record.kernel : 0;
  for (let unit = begin; unit < end; unit++) {
    runs.startRow(unit);
    runs.touch(record.from);
    if (record.flags & masks) touchEnds(record, unit, <usize>runs.columns.output * runs.pixelBytes);
    if (kernel == threeByStride1) {
      runs.wholeRow();
      threeTapRowStride1(record, runs);
    } else if (kernel == threeByStride2) {
      runs.wholeRow();
      threeTapRowStride2(record, runs);
    } else if (kernel == threeBackwardsByStride2) {
      backwardsThreeTapRow(record, runs);
    } else {
      while (runs.next()) convolveRun<T>(record, runs);
    }
  }
}

/**
 * Loads the mask of a row, and where it goes, line by line in the order of memory, as `Runs.touch` does what it sees.
 * Only images in memory have masks: those that stay in scratch are in a cache anyway.
 */
function touchEnds(record: DepthwiseRecord, row: i32, rowBytes: usize): void {
  touchBytes(record.mask + <usize>row * rowBytes, rowBytes);
  touchBytes(record.to + <usize>row * rowBytes, rowBytes);
}

function convolveRun<T>(record: DepthwiseRecord, runs: Runs): void {
  const pixels = runs.pixels;
  const sourceStep = runs.sourceStep;
  const step = <usize>runs.columns.divisor * runs.pixelBytes;
  let to = <usize>runs.pixel * runs.pixelBytes;
  let from: usize = 0;
  let done = 0;
  for (; done + 4 <= pixels; done += 4) {
    fourPixels<T>(record, runs, from, to, step);
    from += 4 * sourceStep;
    to += 4 * step;
  }
  for (; done < pixels; done++) {
    onePixel<T>(record, runs, from, to);
    from += sourceStep;
    to += step;
  }
}
