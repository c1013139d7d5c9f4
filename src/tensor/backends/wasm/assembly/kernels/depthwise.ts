import { fourPixels, onePixel } from '../depthwise/anyTaps';
import { threeByStride1, threeByStride2 } from '../depthwise/kernels';
import { hasThreeTapRows, threeTapRowStride1, threeTapRowStride2 } from '../depthwise/threeTapRows';
import { DepthwiseRecord } from '../generated/records';
import { Runs, runsOver } from '../runs';

export function depthwise(record: DepthwiseRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) convolve<f32>(record, begin, end);
  else convolve<f64>(record, begin, end);
}

function convolve<T>(record: DepthwiseRecord, begin: i32, end: i32): void {
  const runs = runsOver(record.tail, <usize>record.channels * sizeof<T>());
  const kernel = sizeof<T>() == 4 && record.kernel != 0 && hasThreeTapRows(runs) ? record.kernel : 0;
  for (let unit = begin; unit < end; unit++) {
    runs.startRow(unit);
    runs.touch(record.from);
    if (kernel == threeByStride1) {
      runs.wholeRow();
      threeTapRowStride1(record, runs);
    } else if (kernel == threeByStride2) {
      runs.wholeRow();
      threeTapRowStride2(record, runs);
    } else {
      while (runs.next()) convolveRun<T>(record, runs);
    }
  }
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
