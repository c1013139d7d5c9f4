import { FilterGradientDoubleRecord } from '../generated/records';
import { Patches } from '../patches';

/** `filter[k, f] = sum over pixels of patch[k] dy[f]`. Plain loops: double precision is for checks. */
export function filterGradientDouble(record: FilterGradientDoubleRecord, begin: i32, end: i32): void {
  const sizes = changetype<Patches>(record.tail);
  const bytes = <usize>record.groupFilters << 3;
  for (let unit = begin; unit < end; unit++) {
    const row = unit % record.patchSize;
    const group = unit / record.patchSize;
    const to = record.filter + <usize>(row * record.groups + group) * bytes;
    memory.fill(to, 0, bytes);
    for (let pixel = 0; pixel < record.pixels; pixel++) {
      const from = addressOf(record.x, sizes, group, pixel, row);
      if (from == 0) continue;
      const x = load<f64>(from);
      const dy = record.dy + <usize>(pixel * record.groups + group) * bytes;
      for (let at: usize = 0; at < bytes; at += 8) store<f64>(to + at, load<f64>(to + at) + x * load<f64>(dy + at));
    }
  }
}

/** Where the number at `row` of the patch of a pixel is; 0 if that is padding. */
function addressOf(x: usize, sizes: Patches, group: i32, pixel: i32, row: i32): usize {
  const tap = row / sizes.groupChannels;
  const channel = group * sizes.groupChannels + row % sizes.groupChannels;
  const line = pixel / sizes.outputWidth;
  const image = line / sizes.outputHeight;
  const outputRow = line % sizes.outputHeight;
  const i = outputRow * sizes.strideHeight - sizes.paddingTop + (tap / sizes.filterWidth) * sizes.dilationHeight;
  const outputColumn = pixel % sizes.outputWidth;
  const j = outputColumn * sizes.strideWidth - sizes.paddingLeft + (tap % sizes.filterWidth) * sizes.dilationWidth;
  if (<u32>i >= <u32>sizes.height || <u32>j >= <u32>sizes.width) return 0;
  return x + (<usize>(((image * sizes.height + i) * sizes.width + j) * sizes.channels + channel) << 3);
}
