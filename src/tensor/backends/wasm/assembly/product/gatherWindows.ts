import { ConvolveRecord } from '../generated/records';

/**
 * What the windows of `rows` pixels of the grid see of one block of the depth, from `at` on: a row of `length` numbers
 * for each, in the order of the filter, 0 where the window leaves the image. The block is a number of whole taps or a
 * part of one. Writes up to 12 bytes more.
 */
export function gatherWindows(
  to: usize,
  record: ConvolveRecord,
  x: usize,
  pixel: i32,
  rows: i32,
  at: i32,
  length: i32,
): void {
  const channels = record.channels;
  const tapsX = record.tapsX;
  const segmentBytes = <usize>min(length, channels) << 2;
  const firstTap = at / channels;
  const taps = max(length / channels, 1);
  const firstRow = firstTap / tapsX;
  const firstColumn = firstTap % tapsX;
  const start = x + (<usize>(at % channels) << 2);
  const pixelBytes = <usize>record.xPixelBytes;
  // Taps of a row of the window that lie next to each other are copied as one.
  const joined = record.stepX == 1 && pixelBytes == segmentBytes;

  let column = pixel % record.gridWidth;
  let row = pixel / record.gridWidth % record.gridHeight;
  let image = pixel / record.gridWidth / record.gridHeight;
  for (; rows > 0; rows--) {
    const top = row * record.strideY + record.originY;
    const left = column * record.strideX + record.originX;
    let tapRow = firstRow;
    let tapColumn = firstColumn;
    for (let missing = taps; missing > 0; ) {
      const run = min(tapsX - tapColumn, missing);
      const sourceRow = top + tapRow * record.stepY;
      const sourceColumn = left + tapColumn * record.stepX;
      const line = start + <usize>(image * record.height + sourceRow) * record.width * pixelBytes;
      if (<u32>sourceRow >= <u32>record.height) to = clear(to, run * segmentBytes);
      else if (joined) {
        const before = min(max(-sourceColumn, 0), run);
        const inside = max(min(run, record.width - sourceColumn), before);
        to = clear(to, before * segmentBytes);
        to = copy(to, line + <usize>(sourceColumn + before) * pixelBytes, (inside - before) * segmentBytes);
        to = clear(to, (run - inside) * segmentBytes);
      } else {
        for (let i = 0; i < run; i++) {
          const at = sourceColumn + i * record.stepX;
          if (<u32>at >= <u32>record.width) to = clear(to, segmentBytes);
          else to = copy(to, line + <usize>at * pixelBytes, segmentBytes);
        }
      }
      missing -= run;
      tapRow++;
      tapColumn = 0;
    }
    if (++column == record.gridWidth) {
      column = 0;
      if (++row == record.gridHeight) {
        row = 0;
        image++;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
/** Copies whole vectors, the last of which may reach past the end: what comes next overwrites that. Returns the end. */
function copy(to: usize, from: usize, bytes: usize): usize {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, v128.load(from + i));
  return to + bytes;
}

// @ts-ignore: decorator
@inline
function clear(to: usize, bytes: usize): usize {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.splat(0));
  return to + bytes;
}
