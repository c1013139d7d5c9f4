// The patch matrix of a convolution has one row for each output pixel: everything its window sees, in the order of the
// filter (rows, columns, channels of one group), with zeros for padding.

/** Sizes of a convolution, as `lowering/patches.ts` writes them into the tail of an instruction. */
@unmanaged
export class Patches {
  height: i32;
  width: i32;
  channels: i32;
  outputHeight: i32;
  outputWidth: i32;
  filterHeight: i32;
  filterWidth: i32;
  groupChannels: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  paddingTop: i32;
  paddingLeft: i32;
}

/**
 * Writes columns `begin` to `end` of the rows of `count` pixels of one group to `to`, rows `stride` bytes apart. Up to
 * three numbers behind the end of each row are overwritten.
 */
export function gatherPatches(
  to: usize, stride: usize, x: usize, sizes: Patches, group: i32, pixel: i32, count: i32, begin: i32, end: i32,
): void {
  let column = pixel % sizes.outputWidth;
  const line = pixel / sizes.outputWidth;
  let row = line % sizes.outputHeight;
  const imageBytes = <usize>(sizes.height * sizes.width * sizes.channels) << 2;
  let image = x + <usize>(line / sizes.outputHeight) * imageBytes;
  for (; count > 0; count--) {
    gatherPatch(to, image, sizes, group, row, column, begin, end);
    to += stride;
    if (++column < sizes.outputWidth) continue;
    column = 0;
    if (++row < sizes.outputHeight) continue;
    row = 0;
    image += imageBytes;
  }
}

function gatherPatch(
  to: usize, image: usize, sizes: Patches, group: i32, row: i32, column: i32, begin: i32, end: i32,
): void {
  const channels = sizes.channels;
  const lineLength = sizes.width * channels;
  // Neighbouring columns of a window are neighbours in memory, too, unless something stands between them.
  const together = sizes.groupChannels == channels && sizes.dilationWidth == 1 ? sizes.filterWidth : 1;
  const runLength = together * sizes.groupChannels;
  const run = begin / runLength;
  const runsPerLine = sizes.filterWidth / together;
  let inRun = begin % runLength;
  let tap = (run % runsPerLine) * together;
  let y = row * sizes.strideHeight - sizes.paddingTop + (run / runsPerLine) * sizes.dilationHeight;
  const left = column * sizes.strideWidth - sizes.paddingLeft;
  while (begin < end) {
    const length = min(runLength - inRun, end - begin);
    const first = (left + tap * sizes.dilationWidth) * channels + group * sizes.groupChannels + inRun;
    const inside = <u32>y < <u32>sizes.height;
    const from = inside ? min(max(-first, 0), length) : length;
    const until = max(min(lineLength - first, length), from);
    clear(to, from);
    copyNumbers(to + (<usize>from << 2), image + (<usize>(y * lineLength + first + from) << 2), until - from);
    clear(to + (<usize>until << 2), length - until);
    to += <usize>length << 2;
    begin += length;
    inRun = 0;
    tap += together;
    if (tap < sizes.filterWidth) continue;
    tap = 0;
    y += sizes.dilationHeight;
  }
}

// @ts-ignore: decorator
@inline
/** Copies `count` numbers and up to three more. */
function copyNumbers(to: usize, from: usize, count: i32): void {
  for (; count > 0; count -= 4) {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  }
}

// @ts-ignore: decorator
@inline
/** Writes `count` zeros and up to three more. */
function clear(to: usize, count: i32): void {
  for (; count > 0; count -= 4) {
    v128.store(to, f32x4.splat(0));
    to += 16;
  }
}
