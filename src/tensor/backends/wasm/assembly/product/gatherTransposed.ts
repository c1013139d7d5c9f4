import { transposeQuad } from './transposeQuad';

/**
 * `rows` columns of a stored matrix, from `from` on, as rows of `depth` numbers. Rows are `pitch` bytes apart, a
 * multiple of 16 that leaves room for whole quads; up to 3 rows more than asked for are written.
 */
export function gatherTransposed(to: usize, pitch: usize, from: usize, rowBytes: usize, rows: i32, depth: i32): void {
  for (let k = 0; k < depth; k += 4) {
    // Rows past the end are not read; what the last one gives is not used.
    const from0 = from + <usize>k * rowBytes;
    const from1 = from0 + (k + 1 < depth ? rowBytes : 0);
    const from2 = from1 + (k + 2 < depth ? rowBytes : 0);
    const from3 = from2 + (k + 3 < depth ? rowBytes : 0);
    let target = to + (<usize>k << 2);
    for (let bytes: usize = 0; bytes < <usize>rows << 2; bytes += 16) {
      transposeQuad(from0 + bytes, from1 + bytes, from2 + bytes, from3 + bytes, target, pitch);
      target += pitch << 2;
    }
  }
}
