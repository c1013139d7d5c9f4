import { WinogradRecord } from '../generated/records';
import { patchSize, tileSize } from './matrices';

/**
 * `B' d B` for what `tiles` tiles from `first` on see, one row of channels for each, `rowBytes` apart, in 16 matrices that
 * are `step` bytes apart. `patch` has room for 16 such rows.
 */
export function transformPatches(
  to: usize, rowBytes: usize, step: usize, patch: usize, record: WinogradRecord, first: i32, tiles: i32,
): void {
  const height = record.height;
  const width = record.width;
  const pixelBytes = <usize>record.channels << 2;
  for (let tile = first; tile < first + tiles; tile++) {
    const left = tile % record.tilesX * tileSize + record.originX;
    const line = tile / record.tilesX;
    const top = line % record.tilesY * tileSize + record.originY;
    const image = record.x + <usize>(line / record.tilesY * height * width) * pixelBytes;
    if (left >= 0 && left + patchSize <= width && top >= 0 && top + patchSize <= height) {
      const from = image + <usize>(top * width + left) * pixelBytes;
      transformPatch(to, rowBytes, step, from, <usize>width * pixelBytes, pixelBytes);
    } else {
      copyPatch(patch, rowBytes, image, top, left, height, width, pixelBytes);
      transformPatch(to, rowBytes, step, patch, <usize>patchSize * rowBytes, rowBytes);
    }
    to += rowBytes;
  }
}

/** A patch that sticks out of its image, with zeros around the image. */
function copyPatch(
  to: usize, rowBytes: usize, image: usize, top: i32, left: i32, height: i32, width: i32, pixelBytes: usize,
): void {
  for (let row = top; row < top + patchSize; row++) {
    for (let column = left; column < left + patchSize; column++) {
      if (<u32>row < <u32>height && <u32>column < <u32>width) {
        const from = image + <usize>(row * width + column) * pixelBytes;
        for (let i: usize = 0; i < rowBytes; i += 16) v128.store(to + i, v128.load(from + i));
      } else {
        for (let i: usize = 0; i < rowBytes; i += 16) v128.store(to + i, f32x4.splat(0));
      }
      to += rowBytes;
    }
  }
}

/** One row of `B' d B` after the other: four numbers of each are made of two rows of the patch. */
function transformPatch(to: usize, bytes: usize, step: usize, patch: usize, lineBytes: usize, pixelBytes: usize): void {
  const patch1 = patch + lineBytes;
  const patch2 = patch1 + lineBytes;
  transformRow(to, bytes, step, patch, patch2, pixelBytes, false);
  transformRow(to + 4 * step, bytes, step, patch1, patch2, pixelBytes, true);
  transformRow(to + 8 * step, bytes, step, patch2, patch1, pixelBytes, false);
  transformRow(to + 12 * step, bytes, step, patch1, patch2 + lineBytes, pixelBytes, false);
}

// @ts-ignore: decorator
@inline
/** `(p - q) B`, or `(p + q) B`, where p and q are four pixels each. */
function transformRow(
  to: usize, bytes: usize, step: usize, p: usize, q: usize, pixelBytes: usize, adds: bool,
): void {
  for (const end = p + bytes; p < end; ) {
    const d0 = combine(p, q, adds);
    const d1 = combine(p + pixelBytes, q + pixelBytes, adds);
    const d2 = combine(p + 2 * pixelBytes, q + 2 * pixelBytes, adds);
    const d3 = combine(p + 3 * pixelBytes, q + 3 * pixelBytes, adds);
    v128.store(to, f32x4.sub(d0, d2));
    v128.store(to + step, f32x4.add(d1, d2));
    v128.store(to + 2 * step, f32x4.sub(d2, d1));
    v128.store(to + 3 * step, f32x4.sub(d1, d3));
    p += 16;
    q += 16;
    to += 16;
  }
}

// @ts-ignore: decorator
@inline
function combine(p: usize, q: usize, adds: bool): v128 {
  return adds ? f32x4.add(v128.load(p), v128.load(q)) : f32x4.sub(v128.load(p), v128.load(q));
}
