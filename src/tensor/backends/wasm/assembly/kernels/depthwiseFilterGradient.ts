import { addFourPixels, addOnePixel } from '../depthwise/filterGradient';
import { addThreeTapsStride1, addThreeTapsStride2 } from '../depthwise/filterGradientThreeTaps';
import { threeByStride1, threeByStride2 } from '../depthwise/kernels';
import { DepthwiseFilterGradientRecord } from '../generated/records';
import { vectorBytes } from '../lanes';
import { Runs, runsOver } from '../runs';
import { scratch } from '../scratch';

/** Products are added up over this many pixels at least before the sums are added to those of the part: two short sums lose fewer digits than a long one. */
const pixelsAtOnce: i32 = 128;

/** Where in the scratch memory the short sums are, behind the table of taps. */
const sumsOffset: usize = 1 << 20;

export function depthwiseFilterGradient(record: DepthwiseFilterGradientRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) addUp<f32>(record, begin, end);
  else addUp<f64>(record, begin, end);
}

function addUp<T>(record: DepthwiseFilterGradientRecord, begin: i32, end: i32): void {
  const pixelBytes = <usize>record.channels * sizeof<T>();
  const runs = runsOver(record.tail, pixelBytes);
  const blocks = (pixelBytes + vectorBytes - 1) / vectorBytes;
  const sums = scratch() + sumsOffset;
  for (let unit = begin; unit < end; unit++) {
    const part = unit / record.groups;
    const firstBlock = <usize>((unit % record.groups) * record.groupBlocks);
    const groupBlocks = min(<usize>record.groupBlocks, blocks - firstBlock);
    const bytes = groupBlocks * runs.windowBytes;
    const to = record.to + (<usize>part * blocks + firstBlock) * runs.windowBytes;
    memory.fill(to, 0, bytes);
    memory.fill(sums, 0, bytes);
    const last = rowOfPart(record, part + 1);
    let pixels = 0;
    for (let row = rowOfPart(record, part); row < last; row++) {
      runs.startRow(row);
      if (record.groups == 1) runs.touch(record.from);
      while (runs.next()) addRun<T>(record, runs, sums, firstBlock * vectorBytes, groupBlocks);
      pixels += runs.columns.output;
      if (pixels >= pixelsAtOnce || row == last - 1) {
        flush<T>(to, sums, bytes);
        pixels = 0;
      }
    }
  }
}

/** The rows are dealt out evenly. */
function rowOfPart(record: DepthwiseFilterGradientRecord, part: i32): i32 {
  return <i32>((<i64>record.rows * <i64>part) / <i64>record.parts);
}

function flush<T>(to: usize, sums: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += vectorBytes) {
    v128.store(to + at, v128.add<T>(v128.load(to + at), v128.load(sums + at)));
    v128.store(sums + at, i32x4.splat(0));
  }
}

/** `channel`: bytes from a pixel to the first channel of the group. */
function addRun<T>(record: DepthwiseFilterGradientRecord, runs: Runs, sums: usize, channel: usize, blocks: usize): void {
  const kernel = sizeof<T>() == 4 && runs.isWhole ? record.kernel : 0;
  const pixels = runs.pixels;
  const step = runs.pixelBytes;
  const sourceStep = runs.sourceStep;
  let dy = record.dy + <usize>runs.pixel * step + channel;
  let from = record.from + channel;
  let done = 0;
  for (; done + 4 <= pixels; done += 4) {
    if (kernel == threeByStride1) addThreeTapsStride1(runs, sums, from, dy, blocks);
    else if (kernel == threeByStride2) addThreeTapsStride2(runs, sums, from, dy, blocks);
    else addFourPixels<T>(runs, sums, from, dy, blocks);
    from += 4 * sourceStep;
    dy += 4 * step;
  }
  for (; done < pixels; done++) {
    addOnePixel<T>(runs, sums, from, dy, blocks);
    from += sourceStep;
    dy += step;
  }
}
